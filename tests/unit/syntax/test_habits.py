"""What people used to other languages write, line by line, in a file that is sound otherwise.

`habits.txt` has such lines: `S` ones stand in a thread, `T` ones at the top level, each followed by
the one report that it gets. The few with two reports have two mistakes in them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conclang import pipeline

HEAD = """\
shared x = 0
shared y = 0
shared flag = false
lock m
channel ch
semaphore s(1)
condition c
fn f(n) { return n }
"""
AROUND = {
    "S": (HEAD + "thread t {\n  print x\n  ", "\n  print y\n}\nthread u {\n  x = 2\n}\n"),
    "T": (HEAD, "\nthread u {\n  x = 2\n}\n"),
}
PROSE = Path(__file__).with_name("habits.txt").read_text(encoding="utf-8")
TWO_MISTAKES = 12


def cases() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    now: list[str] = []
    for line in PROSE.splitlines():
        if line.startswith("    "):
            now.append(line.strip())
        elif line and not line.startswith("# Each"):
            kind, text = line.split(" ", 1)
            now = found[kind, text] = []
    return found


def said(kind: str, text: str) -> list[str]:
    """The reports; lines are counted from the slip's."""
    before, after = AROUND[kind]
    checked = pipeline.load_text(before + text + after)
    first = before.count("\n")
    reports = []
    for report in checked.bag.errors:
        place = checked.source.place(report.span.start)
        help = "".join(f" | {words}" for words in report.helps)
        reports.append(f"{report.code} {place.line - first}:{place.column} {report.message}{help}")
    return reports


@pytest.mark.parametrize(("slip", "wanted"), cases().items(), ids=[" ".join(c) for c in cases()])
def test_a_habit_is_answered(slip: tuple[str, str], wanted: list[str]) -> None:
    assert said(*slip) == wanted


def test_nearly_each_has_one_report_on_its_own_line() -> None:
    all_reports = list(cases().values())
    assert len(all_reports) > 300
    assert all(reports for reports in all_reports)
    assert sum(len(reports) > 1 for reports in all_reports) <= TWO_MISTAKES
    elsewhere = [r for reports in all_reports for r in reports if r.split()[1].split(":")[0] != "1"]
    assert len(elsewhere) <= 6  # braces: they show where the next thing no longer fits
