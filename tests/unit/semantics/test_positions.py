"""Every code of areas 03 to 09 points at the right place: the table `positions.txt` was read line
by line against the examples, and says which text each report marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conclang import pipeline
from conclang.cli.main import run
from conclang.diagnostics.codes import Code, table
from conclang.diagnostics.codes.runtime import BY_FAULT, CODES
from conclang.diagnostics.source import SourceText
from conclang.ir.errors import FAULTS

TABLE = Path(__file__).parent / "positions.txt"
LINES = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
WANTED = {line.split()[0]: line.split(" ", 2)[1:] for line in LINES}
STATIC = [row for row in table().values() if "03" <= row.code[2:4] <= "08"]

# Where the example of each run-time error fails.
RUN = {
    "CL0901": "4:12 release m",
    "CL0902": "2:12 ch <- 1",
    "CL0903": "3:12 close ch",
    "CL0904": "3:23 a[next] = 1",
    "CL0905": "3:24 each = 12 / parts",
    "CL0906": "2:12 x = x * 2",
    "CL0907": "2:40 join h",
    "CL0908": "4:29 wait ready",
    "CL0909": "3:21 x = <-ch",
    "CL0910": "2:14 return down(n - 1)",
    "CL0911": "2:23 work left",
    "CL0912": "2:12 n = choose(0..n)",
    "CL0913": "3:64 join two",
    "CL0915": "2:19 assert x == 1",
}


def test_the_table_has_every_code() -> None:
    assert list(WANTED) == [row.code for row in STATIC]


@pytest.mark.parametrize("row", STATIC, ids=lambda row: row.code)
def test_the_report_is_at_the_place(row: Code) -> None:
    source = SourceText.of(row.wrong, "example.cl")
    defines = dict(define.split("=", 1) for define in row.defines)
    first = next(iter(pipeline.check(source, defines).bag))
    position = source.place(first.span.start)
    marked = row.wrong[first.span.start : first.span.end].split("\n")[0].rstrip()
    place, *text = WANTED[row.code]
    assert first.code == row.code
    assert (f"{position.line}:{position.column}", marked) == (place, " ".join(text))


def test_every_mistake_at_run_time_has_a_code() -> None:
    mistakes = [fault.name for fault in FAULTS[1:] if not fault.limit]
    assert list(BY_FAULT) == mistakes
    assert list(BY_FAULT.values()) == [row.code for row in CODES]


@pytest.mark.parametrize("row", CODES, ids=lambda row: row.code)
def test_errors_at_run_time_have_their_words_and_place(
    row: Code, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "example.cl"
    file.write_text(row.wrong)
    fault = next(f for f in FAULTS if BY_FAULT.get(f.name) == row.code)
    command = "run" if fault.name == "ENDLESS" else "check"
    run([command, str(file), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    errors = [f for f in found if f["kind"] in ("error", "assertion")]
    words = fault.message.split("{}")[0]
    assert errors
    assert all(f["message"].startswith(words) for f in errors)
    if row.code in RUN:
        span = errors[0]["spans"][0]
        place, text = RUN[row.code].split(" ", 1)
        assert f"{span['line']}:{span['column']}" == place
        assert row.wrong.splitlines()[span["line"] - 1][span["column"] - 1 :].startswith(text)
