"""CSV: every figure is there, every event is there, and no cell does anything in a spreadsheet."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pictured import CONVERSATION, HOSTILE, program_of, ran

from conclang.analyses.runner import Request, header_of, run_program
from conclang.cli.replay import command as replay
from conclang.cli.run import command as run
from conclang.render.tables import EVENT_HEADS, cell, event_row, line, metrics_csv


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def call(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "\\t=1"),
        ("\r=1", "\\r=1"),
        (-5, "-5"),
        ("-5", "-5"),
        (0.25, "0.25"),
        (Fraction(1, 2), "1/2"),
        (None, ""),
        (True, "true"),
        ("a\nb", "a\\nb"),
        ("\u202eevil", "�evil"),
        ("plain", "plain"),
    ],
)
def test_a_cell_does_nothing(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_quotes_and_commas_come_back_as_they_were() -> None:
    text = line(['say "x", y', "b,c", "d"])
    assert text == '"say ""x"", y","b,c",d\n'
    assert rows_of(text) == [['say "x", y', "b,c", "d"]]


def test_every_metric_of_every_thread_is_there() -> None:
    result, _ = ran(CONVERSATION)
    rows = {tuple(row[:3]): row[3] for row in rows_of(metrics_csv(result))}
    assert rows["run", "", "makespan"] == str(result.metrics.makespan)
    for thread in result.metrics.threads:
        for metric in ("arrival", "start", "finish", "turnaround", "waiting", "running"):
            assert rows["thread", thread.name, metric] == str(thread.get(metric))
    assert rows["lock", "m", "acquisitions"] == "4"
    assert rows["channel", "jobs", "sent"] == "1"
    assert rows["final", "count", "value"] == "4"
    assert {("core", "cpu 0", "busy"), ("core", "cpu 1", "idle")} <= rows.keys()


@pytest.mark.parametrize("text", [CONVERSATION, HOSTILE, ""])
def test_events_are_the_events(text: str, tmp_path: Path) -> None:
    program, seen = program_of(text), []
    run_program(program, Request(), seen.append)
    places = header_of(program, Request()).places
    path = tmp_path / "a.cl"
    path.write_text(text, encoding="utf-8")
    result = call(run, path, "--format", "events-csv")
    rows = rows_of(result.output)
    assert rows[0] == list(EVENT_HEADS) and len(rows) == len(seen) + 1
    assert [row[0] for row in rows[1:]] == [str(event.seq) for event in seen]
    assert result.output == line(EVENT_HEADS) + "".join(event_row(e, places) for e in seen)
    assert all(len(row) == len(EVENT_HEADS) for row in rows)


def test_run_and_replay_write_the_same_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.cl"
    path.write_text(CONVERSATION)
    schedule = ran(CONVERSATION)[0].schedule.text()
    for form in ("csv", "events-csv", "svg", "perfetto", "pftrace"):
        one = call(run, path, "--format", form).stdout_bytes
        two = call(replay, path, schedule, "--format", form).stdout_bytes
        assert one == two and one


def test_a_table_goes_to_a_file_and_not_over_the_scenario(tmp_path: Path) -> None:
    path, out = tmp_path / "a.cl", tmp_path / "t.csv"
    path.write_text(CONVERSATION)
    assert call(run, path, "--format", "events-csv", "-o", out).return_value == 0
    assert out.read_text().startswith("seq,tick,core")
    assert "never overwritten" in str(
        getattr(call(run, path, "--format", "csv", "-o", path).exception, "message", "")
    )
    assert path.read_text() == CONVERSATION
