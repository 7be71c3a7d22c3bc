"""`exercise.yaml`: what is accepted, and where a mistake is reported."""

from __future__ import annotations

import json
import time
from pathlib import Path

import jsonschema
import pytest
import yaml

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.show import full
from conclang.diagnostics.source import SourceText
from conclang.exercises import schema
from conclang.exercises.exercise import load_exercise, read_values
from conclang.exercises.validate import validate
from tests.exercises.kit import HEAD, START, folder

CHECKS = "checks:\n  - expect: no race\n"
GOOD = HEAD + CHECKS


def reports(text: str) -> list[tuple[str, int, int, str]]:
    source = SourceText.of(text, "exercise.yaml")
    bag = Bag(source)
    read_values(source, bag, {})
    found = []
    for diagnostic in bag:
        place = source.place(diagnostic.span.start)
        said = " ".join([diagnostic.message, *diagnostic.helps])
        found.append((diagnostic.code, place.line, place.column, said))
    return found


def with_line(line: str) -> str:
    """The good file with one line more, which is its sixth."""
    return f"{HEAD}{line}\n{CHECKS}"


def test_a_plain_file_is_fine() -> None:
    assert reports(GOOD) == []


@pytest.mark.parametrize(
    ("line", "code", "column", "words"),
    [
        ("dificulty: 1", "CL1002", 1, "did you mean `difficulty`?"),
        ("colour: red", "CL1002", 1, "known here: id, title"),
        ("title: Again", "CL1003", 1, "there twice"),
        ("theme: no", "CL1005", 8, 'write "no" with quotes'),
        ("theme: on", "CL1005", 8, 'write "on" with quotes'),
        ("theme: 010", "CL1005", 8, "010"),
        ("theme: 1:30", "CL1005", 8, "1:30"),
        ("theme: 2020-01-01", "CL1005", 8, "2020-01-01"),
        ("theme: ~", "CL1005", 8, "~"),
        ("theme:", "CL1004", 7, "nothing"),
        ('theme: ""', "CL1004", 8, "empty"),
        ("theme: [a]", "CL1004", 8, "a list"),
        ("difficulty: 010", "CL1005", 13, "without leading zeros"),
        ("difficulty: 0x2", "CL1005", 13, "decimal"),
        ('difficulty: "2"', "CL1004", 13, "the text `2`"),
        ("difficulty: 2.5", "CL1005", 13, "2.5"),
        ("difficulty: easy", "CL1004", 13, "easy"),
        ("difficulty: 9", "CL1008", 13, "1 to 5"),
        ("difficulty: 99999999999999999999999", "CL1008", 13, "1 to 5"),
        ("hints: one", "CL1004", 8, "must be a list"),
        ("hints: []", "CL1004", 8, "empty"),
        ("hints: [yes]", "CL1005", 9, "yes"),
        ("variants: { N: {from: 1} }", "CL1007", 16, "`to`"),
        ("variants: { N: 5 }", "CL1004", 16, "list"),
        ("variants: {}", "CL1004", 11, "empty"),
        ("machines: { 1st: {cores: 1} }", "CL1004", 13, "a name"),
        ("machines: { one: {cores: 0} }", "CL1008", 26, "1 to 1024"),
        ("limits: {states: many}", "CL1004", 18, "many"),
        ("starter: ../x.cl", "CL1003", 1, "twice"),
        ("scenario: ../x.cl", "CL1004", 11, "beside this one"),
        ("scenario: /etc/passwd", "CL1004", 11, "beside this one"),
        ("theme: &a x", "CL1006", 8, "anchor"),
        ("theme: !!python/object:os.system x", "CL1006", 8, "tag"),
        ("theme: a: b", "CL1001", 9, "quotes"),
        ("theme: [a", "CL1001", 1, "not YAML"),
        ("theme: {a", "CL1001", 1, "not YAML"),
        ("\ttheme: a", "CL1001", 1, "spaces"),
        ("? [a]\n: b", "CL1004", 3, "a key must be a word"),
    ],
)
def test_a_mistake_has_its_code_and_place(line: str, code: str, column: int, words: str) -> None:
    found = reports(with_line(line))
    assert found, line
    first = found[0]
    assert first[0] == code, found
    if code != "CL1001":
        assert first[1] == 6, found
        assert first[2] == column, found
    assert any(words in said for _, _, _, said in found), found


@pytest.mark.parametrize(
    ("check", "code", "words"),
    [
        ("points: 2", "CL1007", "needs exactly one of"),
        ("{expect: no race, uses: {forbid: lock}}", "CL1007", "`expect` and `uses`"),
        ("{expect: no}", "CL1005", '"no"'),
        ("{expect: no race, points: -1}", "CL1008", "0 to 1000"),
        ("{expect: no race, points: .5}", "CL1005", ".5"),
        ("{expect: no race, hidden: yes}", "CL1005", "`true` or `false`"),
        ("{expect: no race, hidden: maybe}", "CL1004", "`true` or `false`"),
        ("{uses: {forbid: lokc}}", "CL1008", "did you mean `lock`?"),
        ("{uses: {at_most: {locks: 1}}}", "CL1004", "a construct"),
        ("{allows: {together: {reading: 1}}}", "CL1008", "2 to 1000"),
        ("{catches: {mutants: [{name: a}]}}", "CL1007", "`file`, `replace`"),
        ("{answer: {key: a, ask: b}}", "CL1007", "exactly one of"),
        ("{answer: {key: a, ask: b, flaw: deadlok}}", "CL1008", "did you mean `deadlock`?"),
        ("nothing", "CL1004", "a check"),
    ],
)
def test_a_mistake_in_a_check(check: str, code: str, words: str) -> None:
    found = reports(f"{HEAD}checks:\n  - {check}\n")
    assert [row[0] for row in found] == [code], found
    assert words in found[0][3]
    assert found[0][1] == 7


def test_all_mistakes_are_told_at_once_with_a_caret() -> None:
    text = "id: Bad Name\ntitel: x\nprompt: on\nstarter: a.cl\nchecks:\n  - expct: no race\n"
    found = reports(text)
    assert [row[0] for row in found].count("CL1002") == 2
    assert {"CL1004", "CL1002", "CL1005", "CL1007"} <= {row[0] for row in found}
    source = SourceText.of(text, "exercise.yaml")
    bag = Bag(source)
    read_values(source, bag, {})
    shown = full(source, bag)
    assert "exercise.yaml:2:1" in shown
    assert "^^^^^" in shown


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 100_000,
        "a: " + "[" * 500 + "]" * 500,
        "{" * 3000,
        "- " * 5000,
        "a: |\n" + "  x\n" * 200_000,
        "\n".join(f"k{n}: v" for n in range(20_000)),
        "--- a\n--- b\n",
        "\x00\x01\x02",
        "",
        "# nothing\n",
        "%YAML 9.9\n---\na",
        "!!binary |\n  AAAA",
        "a: *nobody",
        "? ? ? a",
        '"\\ud800"',
        "just a text",
        "- a\n- b",
    ],
    ids=range(18),
)
def test_what_is_meant_to_hurt_is_a_report_within_a_second(text: str) -> None:
    began = time.monotonic()
    found = reports(text)
    assert found
    assert all(code.startswith("CL10") for code, *_ in found)
    assert time.monotonic() - began < 5


def test_files_must_be_there_and_marks_must_fit(tmp_path: Path) -> None:
    def codes(path: Path) -> list[tuple[str, str]]:
        return [(d.code, d.message) for d in load_exercise(str(path)).bag]

    one = folder(tmp_path / "one", "  - expect: no race\n")
    assert codes(one) == []
    (one / "solution.cl").unlink()
    assert codes(one) == [("CL1009", "solution.cl: there is no such file")]
    two = folder(tmp_path / "two", "  - expect: no race\n")
    (two / "counting.cl").write_text(START.replace("// edit: end\n", ""))
    assert codes(two) == [("CL1010", "counting.cl, line 7: this region has no `// edit: end`")]
    three = folder(tmp_path / "three", "  - timed: makespan < 3\n    machines: big\n")
    assert codes(three) == [("CL1008", "there is no machine `big`")]
    four = folder(tmp_path / "four", "  - answer: {key: a, ask: b, flaw: race}\n")
    assert codes(four)[0][0] == "CL1007"
    assert "`scenario`" in codes(four)[0][1]
    (one / "solution.cl").symlink_to("/etc/passwd")
    assert ("CL1009", "solution.cl: this is a link, not a file of the exercise") in codes(one)
    assert codes(tmp_path / "nowhere")[0][0] == "CL0101"


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("expect: finally cout == 2", "cout"),
        ("expect: at most 1 in nowhere", "nowhere"),
        ("timed: turnaround(carol) < 3", "carol"),
        ("allows: {together: {reading: 2}}", "reading"),
        ("expect: finaly count == 2", ""),
    ],
)
def test_a_line_that_means_nothing_is_reported_at_its_place(
    tmp_path: Path, check: str, words: str
) -> None:
    loaded = load_exercise(str(folder(tmp_path / "x", f"  - {check}\n")))
    assert loaded.exercise is not None
    assert not validate(loaded)
    [report] = list(loaded.bag)
    assert report.code == "CL1011"
    assert words in report.message
    assert loaded.source.place(report.span.start).line == 7


def test_a_variant_of_an_unknown_constant_is_reported(tmp_path: Path) -> None:
    made = folder(tmp_path / "x", "  - expect: no race\n", "variants: { M: [1, 2] }\n")
    loaded = load_exercise(str(made))
    assert not validate(loaded)
    assert "variant" in loaded.bag.errors[0].message or "M" in loaded.bag.errors[0].message


# -- the schema ------------------------------------------------------------------------------------


def test_the_schema_is_fresh_and_sound() -> None:
    assert schema.FILE.read_text() == schema.text(), "run python -m conclang.exercises.schema"
    jsonschema.Draft202012Validator.check_schema(schema.schema())


FULL = """\
id: x1
title: A title
theme: t
difficulty: 3
prompt: |
  two
  lines
starter: a.cl
solution: b.cl
scenario: c.cl
hints: [one, two]
variants: { N: [1, 2], M: {from: 1, to: 3} }
machines: { rr: {cores: 2, policy: "round_robin(quantum: 2)"} }
limits: {states: 10, steps: 10, seconds: 10, memory: 64}
checks:
  - {name: n, points: 0.5, hidden: true, message: m, expect: [no race, no deadlock]}
  - timed: makespan < 3
    machines: [rr]
  - uses: {forbid: [lock, busy_waiting], require: condition, at_most: {lock: 1}, at_least: {lock: 1}}
  - allows: {together: {r: 2}, reachable: x == 1, possible: [y == 1], within: {makespan: 20}}
  - catches: {mutants: [{name: a, file: m.cl}, {name: b, replace: x, with: "", nth: 2}]}
  - answer: {key: a, ask: b, outcomes: count}
  - answer: {key: a, ask: b, timeline: cpu, machine: rr}
"""
CHANGES = [
    ("", ""),
    ("difficulty: 3", "difficulty: 0"),
    ("difficulty: 3", "difficulty: three"),
    ("difficulty: 3", "difficulty: 3.5"),
    ("difficulty: 3", "hardness: 3"),
    ("theme: t", "theme: no"),
    ("theme: t", "theme: 5"),
    ("theme: t", "theme: [a]"),
    ("theme: t", "theme: ' '"),
    ("theme: t", ""),
    ("title: A title", ""),
    ("id: x1", "id: X1"),
    ("starter: a.cl", "starter: ../a.cl"),
    ("hints: [one, two]", "hints: []"),
    ("hints: [one, two]", "hints: one"),
    ("N: [1, 2]", "N: []"),
    ("N: [1, 2]", "N: [a]"),
    ("N: [1, 2]", "'N-1': [1]"),
    ("{from: 1, to: 3}", "{from: 1}"),
    ("{from: 1, to: 3}", "{from: 1, to: 3, by: 1}"),
    ("cores: 2", "cores: 0"),
    ("memory: 64", "memory: 1"),
    ("points: 0.5", "points: -1"),
    ("points: 0.5", "points: lots"),
    ("hidden: true", "hidden: 1"),
    ("expect: [no race, no deadlock]", "expect: no race"),
    ("expect: [no race, no deadlock]", "expct: no race"),
    ("expect: [no race, no deadlock]", "expect: [[no race]]"),
    ("expect: [no race, no deadlock]", "points: 1"),
    ("  - timed: makespan < 3", "  - timed: makespan < 3\n    expect: no race"),
    ("forbid: [lock, busy_waiting]", "forbid: [key]"),
    ("at_most: {lock: 1}", "at_most: {key: 1}"),
    ("at_most: {lock: 1}", "at_most: {}"),
    ("together: {r: 2}", "together: {r: 1}"),
    ("within: {makespan: 20}", "within: {beauty: 20}"),
    ("within: {makespan: 20}", "within: {makespan: 2000}"),
    ("file: m.cl", "fle: m.cl"),
    ("file: m.cl", "file: m.cl, replace: x"),
    ("outcomes: count", "outcome: count"),
    ("outcomes: count", "outcomes: count, flaw: race"),
    ("outcomes: count", "flaw: rage"),
    ("outcomes: count", "schedules: complete"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=range(len(CHANGES)))
def test_schema_and_loader_agree(old: str, new: str) -> None:
    assert old in FULL
    text = FULL.replace(old, new, 1)
    valid = jsonschema.Draft202012Validator(schema.schema()).is_valid(yaml.safe_load(text))
    assert valid == (reports(text) == []), reports(text)
    assert valid == ((old, new) == ("", "") or _harmless(old, new))


def _harmless(old: str, new: str) -> bool:
    fine = {"expect: no race", "schedules: complete", ""}
    return new in fine and not (new == "" and old.startswith("title"))


def test_the_schema_describes_every_key() -> None:
    made = json.loads(schema.text())
    assert all(entry.get("description") for entry in made["properties"].values())
