"""Exercises from a seed and from a scenario with its twin: sound, and the same every time."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from conclang.exercises.draft import CannotDraft, drafted, marked
from conclang.exercises.exercise import load_exercise
from conclang.exercises.generate import KINDS, Dice, generated
from conclang.exercises.mutate import mutants
from conclang.exercises.regions import changes
from conclang.exercises.solution_key import answer_text
from conclang.exercises.verify import NO, verify
from conclang.exercises.workers import Pool

ROOT = Path(__file__).resolve().parents[2]
Conclang = Callable[..., "subprocess.CompletedProcess[str]"]
TWINS = sorted(
    path
    for path in (ROOT / "examples").glob("*/*.cl")
    if path.with_name(f"{path.stem}_broken.cl").exists()
)[::25]


@pytest.fixture(scope="module")
def pool():  # type: ignore[no-untyped-def]
    with Pool(1) as made:
        yield made


def written(path: Path, files: dict[str, str]) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_every_seed_gives_a_sound_exercise(tmp_path: Path, pool: Pool, kind: str) -> None:
    seen = set()
    for seed in range(6):
        files = generated(kind, seed, f"made_{seed}")
        seen.add(files["scenario.cl"])
        loaded = load_exercise(str(written(tmp_path / f"made_{seed}", files)))
        points = verify(loaded, pool)
        assert [point for point in points if point.status == NO] == [], (seed, files)
    assert len(seen) >= 4


def test_a_seed_gives_the_same_bytes_for_ever() -> None:
    """Chance is a hash: not even another version of Python changes it."""
    dice = Dice("scheduling", 3)
    assert [dice.number(1, 6) for _ in range(8)] == [4, 5, 3, 5, 1, 3, 6, 1]


def test_the_answers_are_the_known_ones(tmp_path: Path) -> None:
    """Worked out by hand: two steps among three can lie in C(5, 2) ways; a lost update."""
    made = {
        "exercise.yaml": (
            "id: known\ntitle: t\nprompt: p\nstarter: answer.yaml\nscenario: scenario.cl\nchecks:\n"
            "  - answer: {key: ways, ask: q, schedules: complete}\n"
            "  - answer: {key: values, ask: q, outcomes: x}\n"
            "  - answer: {key: race, ask: q, flaw: race}\n"
        ),
        "scenario.cl": "shared x = 1\nthread a { x += 1 }\nthread b { x += 2; x = 0 }\n",
        "answer.yaml": "ways:\n",
    }
    exercise = load_exercise(str(written(tmp_path / "known", made))).exercise
    assert exercise is not None
    answers = yaml.safe_load(answer_text(exercise, {}))
    assert answers["ways"] == 10
    assert sorted(answers["values"]) == [0, 1, 2, 4]
    assert answers["race"] is True


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
def test_a_draft_from_an_example_is_sound(tmp_path: Path, pool: Pool, path: Path) -> None:
    files = drafted(str(path), "draft")
    loaded = load_exercise(str(written(tmp_path / "draft", files)))
    assert loaded.exercise is not None, [d.message for d in loaded.bag]
    assert changes(files["draft.cl"], files["solution.cl"]) == []
    points = {point.what: point for point in verify(loaded, pool)}
    assert [
        p.what for p in points.values() if p.status == NO and "check can fail" not in p.what
    ] == []


def test_a_draft_needs_a_twin_that_breaks_something(tmp_path: Path) -> None:
    (tmp_path / "a.cl").write_text("shared x = 0\nthread t { x = 1 }\nexpect finally x == 1\n")
    with pytest.raises(CannotDraft, match="needs a scenario and its twin"):
        drafted(str(tmp_path / "a.cl"), "a")
    (tmp_path / "a_broken.cl").write_text("shared x = 0\nthread t { x = 1 }\n")
    with pytest.raises(CannotDraft, match="violates no `expect` line"):
        drafted(str(tmp_path / "a.cl"), "a")
    (tmp_path / "a_broken.cl").write_text("shared x = 0\nthread t { x = 2 }\n")
    files = drafted(str(tmp_path / "a_broken.cl"), "a")
    assert "// edit: begin here\nthread t { x = 2 }\n// edit: end" in files["a.cl"]
    assert 'expect: "finally x == 1"' in files["exercise.yaml"]


def test_marks_enclose_whole_declarations() -> None:
    sound = ["lock m", "thread a {", "  lock m {", "    x = 1", "  }", "}", "thread b { }"]
    broken = ["lock m", "thread a {", "    x = 1", "}", "thread b { }"]
    solution, starter = marked(sound, broken)
    assert starter.splitlines() == [
        "lock m",
        "// edit: begin here",
        "thread a {",
        "    x = 1",
        "}",
        "// edit: end",
        "thread b { }",
    ]
    assert changes(starter, solution) == []


def test_slips_are_one_at_a_time_and_compile() -> None:
    text = "shared x = 0\nlock m\nthread a { lock m { x += 1 } }\nthread b { lock m { x += 1 } }\n"
    made = {mutant.name: mutant.text for mutant in mutants(text)}
    assert made["line 3: without its protection"] == text.replace("lock m {", "if true {", 1)
    assert made["line 4: never given back"].count("acquire m; if true") == 1
    assert "no lock at all" in made
    assert made["one big lock around everything"].count("lock big_lock {") == 2
    assert len(set(made.values())) == len(made)


@pytest.mark.parametrize("kind", KINDS)
def test_new_writes_what_verify_accepts(conclang: Conclang, tmp_path: Path, kind: str) -> None:
    first = conclang("exercise", "new", "one", "--kind", kind, "--seed", "5")
    assert first.returncode == 0
    assert conclang("exercise", "new", "one", "--kind", kind).returncode == 2
    conclang("exercise", "new", "again/one", "--kind", kind, "--seed", "5")
    for name in ("exercise.yaml", "scenario.cl", "answer.yaml"):
        assert (tmp_path / "one" / name).read_bytes() == (
            tmp_path / "again/one" / name
        ).read_bytes()
    assert conclang("exercise", "verify", "one").returncode == 0


def test_a_file_is_matched_with_the_exercise_of_its_name(
    conclang: Conclang, tmp_path: Path
) -> None:
    conclang("exercise", "reset", "two_counters")
    done = conclang("exercise", "grade", "exercises/two_counters/two_counters.cl")
    assert done.returncode == 1
    assert "✗ two_counters.cl  1 of 6 points" in done.stdout
    folder = conclang("exercise", "grade", "exercises/two_counters")
    assert "✗ two_counters  1 of 6 points" in folder.stdout
