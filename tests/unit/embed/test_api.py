"""The Python API: every door of it, what notebooks are shown, and that importing it is light."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import conclang
from conclang.embed.api import Scenario

DEADLOCK = """
scenario "AB-BA <b>"
lock a
lock b
shared n = 0
thread x { lock a { work 2
  lock b { n += 1 } } }
thread y { lock b { work 2
  lock a { n += 1 } } }
"""
COUNTER = """
scenario "Counter"
const N = 2
shared count = 0
thread t[i in 0..N] { count += 1
  print "t{i}" }
"""


@pytest.fixture
def counter() -> Scenario:
    return conclang.load(COUNTER)


def test_a_run_has_plain_attributes(counter: Scenario) -> None:
    run = counter.run(policy="fifo", cores=1)
    assert (run.outcome, run.final) == ("completed", {"count": 2})
    assert not run.ok and [found.kind for found in run.findings] == ["race"]
    assert conclang.load("thread a { work 1 }").run().ok
    assert [line.text for line in run.output] == ["t0", "t1"]
    assert run.metrics["makespan"] == run.ticks and run.metrics["threads"]["t[0]"]["start"] == 0
    assert run.result.policy == "fifo" and run.result.cores == 1
    assert run.events[0].kind == "arrive" and run.events[-1].kind == "finish"
    assert run.schedule.startswith("cl1/") and counter.replay(run.schedule).events == run.events
    assert run.to_dict()["outcome"] == "completed" and "makespan" in run.to_csv()


def test_constants_policies_and_seeds_are_those_of_the_command_line() -> None:
    assert conclang.load(COUNTER, N=5).run(cores=1).final == {"count": 5}
    assert "N" in conclang.load(COUNTER, N="x").report
    assert [m.code for m in conclang.load(COUNTER, M=1).mistakes] == ["CL0606"]
    one = conclang.load(COUNTER, N=6).run(policy="random", seed=3)
    assert one.events == conclang.load(COUNTER, N=6).run(policy="random", seed=3).events


def test_a_check_knows_all_schedules(counter: Scenario) -> None:
    check = conclang.load(DEADLOCK).check()
    assert (check.verdict, check.ok) == ("violated", False)
    finding = check.findings[0]
    assert finding.kind == "deadlock" and "circle" in finding.cause
    replayed = conclang.load(DEADLOCK).replay(finding.schedule)
    assert replayed.outcome == "deadlocked" and not replayed.ok
    counted = counter.check(count=True)
    assert [dict(row.values)["count"] for row in counted.outcomes] == [1, 2]
    assert sum(row.schedules or 0 for row in counted.outcomes) == counted.counts.complete


def test_a_comparison_is_a_table(counter: Scenario) -> None:
    made = counter.compare(["fifo", "round_robin(quantum: 1)"], cores=[1, 2])
    assert [(row["policy"], row["cores"]) for row in made.table] == [
        ("fifo", 1),
        ("fifo", 2),
        ("round_robin(quantum: 1)", 1),
        ("round_robin(quantum: 1)", 2),
    ]
    assert made.table[1]["speedup"] > 1 and made.to_csv().count("\n") == 5
    assert made.svg.startswith("<?xml")


def test_views_can_be_drawn_and_saved(counter: Scenario, tmp_path: Path) -> None:
    picture = counter.draw("timeline", cores=1)
    assert picture.svg == picture.text == counter.run(cores=1).svg
    for name, head in (("a.svg", b"<?xml"), ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")):
        picture.save(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(head)
    machine = counter.draw("machine")
    assert machine.text.startswith("// Made by conclang") and "<svg" in machine.svg
    machine.save(tmp_path / "m.dot")
    assert (tmp_path / "m.dot").read_text() == machine.text
    with pytest.raises(conclang.CannotBeHad, match="cannot be saved"):
        picture.save(tmp_path / "a.gif")
    locks = conclang.load(DEADLOCK).draw("locks", all_schedules=True)
    assert "in all schedules: a cycle" in locks.text


def test_without_graphviz_a_graph_is_text(
    counter: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conclang.render.dot.program", lambda: None)
    machine = counter.draw("machine")
    assert machine.svg == "" and repr(machine) == machine.text
    assert set(machine._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_notebooks_get_svg_html_and_text(counter: Scenario) -> None:
    results = [
        counter.run(),
        counter.check(),
        counter.compare("fifo"),
        counter.draw("sequence"),
    ]
    for result in results:
        made = result._repr_mimebundle_()
        assert made["image/svg+xml"].startswith("<?xml")
        assert made["text/html"].startswith('<img src="data:image/svg+xml;base64,')
        assert made["text/plain"] == repr(result)
        assert set(result._repr_mimebundle_(include={"text/plain"})) == {"text/plain"}
        assert set(result._repr_mimebundle_(exclude={"text/html"})) == {
            "text/plain",
            "image/svg+xml",
        }


def test_a_page_can_be_stepped_through(counter: Scenario, tmp_path: Path) -> None:
    for page in (counter.page(cores=1), counter.page(of="check")):
        assert page.html.startswith("<!doctype html>") and "Counter" in page.html
        shown = page._repr_mimebundle_()["text/html"]
        assert shown.startswith('<iframe title="Counter"') and "<script" not in shown
        page.save(tmp_path / "p.html")
        assert (tmp_path / "p.html").read_text() == page.html
    with pytest.raises(conclang.CannotBeHad, match="not of 'x'"):
        counter.page(of="x")


def test_names_are_escaped_in_html() -> None:
    made = conclang.load(DEADLOCK).check()._repr_mimebundle_()["text/html"]
    assert "<b>" not in made and "AB-BA &lt;b&gt;" in made


def test_mistakes_are_values() -> None:
    broken = conclang.load("thread a { y = 1 }", name="note.cl")
    assert not broken.ok and broken.mistakes[0].code.startswith("CL")
    assert "note.cl:1" in broken.report and repr(broken) == broken.report
    with pytest.raises(conclang.ScenarioError, match=r"note\.cl"):
        broken.run()


def test_a_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "c.cl"
    path.write_text(COUNTER)
    loaded = conclang.load(path, N=3)
    assert loaded.title == "Counter" and loaded.run(cores=1).final == {"count": 3}
    assert repr(loaded) == "<scenario 'Counter': 3 threads>"
    assert not conclang.load(tmp_path / "none.cl").ok


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda s: s.run(policy="nonsense"), "--policy"),
        (lambda s: s.draw("timelin"), "did you mean `timeline`"),
        (lambda s: s.draw("timeline", corse=2), "corse"),
        (lambda s: s.replay("x"), "this is no schedule"),
        (lambda s: s.compare(" ; "), "no policy"),
    ],
)
def test_what_cannot_be_had_is_said(counter: Scenario, call: object, words: str) -> None:
    with pytest.raises(conclang.CannotBeHad, match=words):
        call(counter)  # type: ignore[operator]


def test_importing_is_light() -> None:
    code = "import sys, conclang; print(len(sys.modules), *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    bare = subprocess.run(
        [sys.executable, "-c", code.replace(", conclang", "")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert int(done[0]) - int(bare[0]) < 45
    assert not {"IPython", "graphviz", "json", "conclang.embed.api", "lark"} & set(done)


def test_everything_named_is_there() -> None:
    for name in conclang.__all__:
        assert getattr(conclang, name) is not None
    assert json.dumps(conclang.load(COUNTER).run().to_dict())
