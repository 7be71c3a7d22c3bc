"""What is said about slips: every line of slips.txt, to the letter.

`slips.txt` is read as prose in reviews; a text is followed by the reports about it, indented.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conclang.diagnostics.codes import table
from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import SourceText
from conclang.syntax.parse import parse

PROSE = Path(__file__).with_name("slips.txt").read_text(encoding="utf-8")


def cases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    text = ""
    for line in PROSE.splitlines():
        if line.startswith("    "):
            found[text].append(line.strip())
        elif line and not line.startswith("# Each"):
            text = line
            found[text] = []
    return found


def said(bag: Bag) -> list[str]:
    lines = []
    for report in bag:
        place = bag.source.place(report.span.start)
        help = "".join(f" | {text}" for text in report.helps)
        lines.append(f"{report.code} {place.line}:{place.column} {report.message}{help}")
    return lines


@pytest.mark.parametrize(("text", "wanted"), cases().items(), ids=list(cases()))
def test_a_slip_is_answered(text: str, wanted: list[str]) -> None:
    _, bag = parse(SourceText.of(text.replace("\\n", "\n")))
    assert said(bag) == wanted


def test_every_code_of_this_area_is_triggered_here() -> None:
    here = {line.split()[0] for lines in cases().values() for line in lines}
    elsewhere = {"CL0115", "CL0205"}  # too long to read; see tests/limits
    ours = {code for code, row in table().items() if code[2:4] == "02" or code[2:5] == "011"}
    assert ours - here == elsewhere


def test_a_fix_is_a_replacement_that_helps() -> None:
    """Every fix that is offered, carried out, takes its report away."""
    fixes = 0
    for text in cases():
        source = SourceText.of(text.replace("\\n", "\n"))
        for report in parse(source)[1]:
            if report.fix is None:
                continue
            fixes += 1
            start, end = report.fix.span.start, report.fix.span.end
            mended = source.text[:start] + report.fix.replacement + source.text[end:]
            left = [d.span.start for d in parse(SourceText.of(mended))[1] if d.code == report.code]
            assert report.span.start not in left, (text, mended)
    assert fixes > 15
