"""`check --without fusing`, and what becomes of its schedules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conclang.cli.main import run

TEXT = """scenario "Thinking"
shared x = 0
thread p[i in 0..2] {
  let a = x
  let b = a + 1
  x = b
}
expect finally x == 2
expect race on x
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "thinking.cl"
    path.write_text(TEXT)
    return str(path)


def checked(file: str, capfd: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    assert run(["check", file, "--format", "json", *options]) == 1
    result: dict[str, object] = json.loads(capfd.readouterr().out)
    return result


def test_local_work_has_steps_of_its_own(file: str, capfd: pytest.CaptureFixture[str]) -> None:
    fused = checked(file, capfd, "--no-reduction")
    apart = checked(file, capfd, "--no-reduction", "--without", "fusing")
    assert "local steps fused" in fused["stats"]["reductions"]  # type: ignore[index]
    assert "local steps fused" not in apart["stats"]["reductions"]  # type: ignore[index]
    assert apart["stats"]["states"] > fused["stats"]["states"]  # type: ignore[index]
    assert apart["outcomes"] == fused["outcomes"]


def test_its_schedules_can_be_replayed_and_drawn(
    file: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    findings = checked(file, capfd, "--without", "fusing")["findings"]
    assert isinstance(findings, list)
    schedules = {finding["schedule"] for finding in findings}
    assert len(schedules) == 2
    for schedule in schedules:
        assert "/fused=0/" in schedule
        run(["replay", file, schedule])
        said = capfd.readouterr()
        assert "computes: let b = a + 1" in said.out or schedule.endswith("/a")
        assert "diverges" not in said.err
        assert run(["draw", file, "timeline", "--schedule", schedule]) == 0
        assert run(["replay", file, schedule, "--format", "html"]) in (0, 1)
        capfd.readouterr()
    assert run(["check", file, "--without", "fusing", "--format", "html"]) == 1


def test_step_takes_whole_steps_only(file: str, capfd: pytest.CaptureFixture[str]) -> None:
    run(["step", file, "--schedule", "cl1/fused=0/aab"])
    assert "conclang replay shows it" in capfd.readouterr().out


@pytest.mark.parametrize(
    "option",
    [["--count"], ["--preemptions", "1"], ["--under", "fifo"]],
    ids=lambda option: str(option[0]),
)
def test_it_is_refused_where_steps_are_counted(
    file: str, option: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", file, "--without", "fusing", *option]) == 2
    assert "--without fusing" in capfd.readouterr().err
