"""A plain `conclang check ...` is read as click reads it, and needs little to be loaded."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from conclang import engine
from conclang.cli import direct, main
from conclang.cli.check import command
from conclang.cli.check_options import OPTIONS
from conclang.cli.options import read
from conclang.explore import checker

ROOT = Path(__file__).resolve().parents[3]
PLAIN = """
x.cl | a.cl b.cl | - | x.cl - y.cl | folder | not-there.cl | ünï.cl | =.cl | check
x.cl --count | --count x.cl | --count x.cl --no-stats --no-reduction --force --any-start
x.cl --format json | --format=json x.cl | x.cl --format text --count | --format svg a.cl
x.cl --max-states 5 | --max-states=1 x.cl | x.cl --max-memory 007 | x.cl --preemptions 0
x.cl --max-seconds 0 | x.cl --max-seconds 1.5 | x.cl --max-seconds .5 | x.cl --max-seconds 60.
x.cl --workers 64 --cores 1024 | --workers 1 x.cl --fairness none | --fairness strong x.cl
x.cl --under fifo | x.cl --under round_robin(quantum:2) --any-start | x.cl --under=cooperative
x.cl --without locals | x.cl --without locals --without movers | --without=guards x.cl
x.cl -D N=5 | -DN=5 x.cl | x.cl -D N=5 -D M=-3 -DN=6 | x.cl -D web.N=true | -DN=a=b x.cl
x.cl -o out.svg | -oout x.cl | x.cl -o x.cl | x.cl -oD | x.cl -D THREADS=2 --format json -D ROUNDS=2
"""
ODD = """
 | --count | --format json | --help | -h | x.cl --help | --version | x.cl --unheard-of | x.cl -x
-- x.cl | x.cl -- | -- -x.cl | --count=1 x.cl | --count= x.cl | x.cl --form json | --Count x.cl
x.cl --format | x.cl --format yaml | x.cl --format JSON | x.cl --format= | --format json
x.cl --max-states 0 | x.cl --max-states -1 | x.cl --max-states 1.5 | x.cl --max-states one
x.cl --max-states +5 | x.cl --max-states 1_000 | x.cl --max-states ٣ | x.cl --max-states
x.cl --max-states 99999999999999999999 | x.cl --workers 65 | x.cl --cores 1025 | --cores 0 x.cl
x.cl --max-seconds -1 | x.cl --max-seconds nan | x.cl --max-seconds 1e3 | x.cl --max-seconds .
x.cl --max-seconds 1.2.3 | x.cl --without all | x.cl --under | x.cl --under --count
x.cl -D N | x.cl -D =5 | x.cl -D 5=N | x.cl -D | x.cl -D -D | x.cl -D=N=5 | x.cl -D a.b.c=1
x.cl -o | x.cl -o - | x.cl -o --count | x.cl -o=out | x.cl --o out | x.cl -fo out
x.cl --color never | x.cl --format json --format text | x.cl --count --count | x.cl -o a -o b
"""
CLEAN = 'scenario "one"\nshared x = 0\nthread a { x = 1 }\nexpect finally x == 1\n'
BROKEN = "lock m\nthread a { acquire m }\nthread b { acquire m }\n"
WARNED = "lock unused\nthread a { print 1 }\n"
TIMED = "thread a { work 3 }\nexpect timed makespan == 3\n"
WRONG = "thread a { x = 1 }\n"


def lines(table: str) -> list[list[str]]:
    return [line.split() for row in table.strip("\n").splitlines() for line in row.split("|")]


def asked(arguments: list[str]) -> dict[str, Any] | None:
    """What click makes of a command line; None if it complains or answers by itself."""
    try:
        with command.make_context("check", list(arguments)) as context:
            return {key: value for key, value in context.params.items() if key != "color"}
    except (click.ClickException, click.exceptions.Exit):
        return None


@pytest.mark.parametrize("arguments", lines(PLAIN), ids=" ".join)
def test_a_plain_line_is_read_as_click_reads_it(arguments: list[str]) -> None:
    given = read(OPTIONS, arguments)
    assert given is not None
    assert given == asked(arguments)
    assert list(map(type, given.values())) == [type(asked(arguments)[key]) for key in given]  # type: ignore[index]


@pytest.mark.parametrize("arguments", lines(ODD), ids=" ".join)
def test_what_is_not_plain_is_left_to_click(arguments: list[str]) -> None:
    assert read(OPTIONS, arguments) is None


@pytest.mark.parametrize("arguments", [["", "x.cl"], ["x.cl", "-o", ""], ["x.cl", "--under="]])
def test_empty_arguments_are_left_to_click(arguments: list[str]) -> None:
    assert read(OPTIONS, arguments) is None


def test_no_line_is_read_otherwise_than_by_click() -> None:
    """Words of the tables in any order: understood as click does, or not at all."""
    words = [*sorted({word for line in lines(PLAIN + ODD) for word in line}), ""]
    words = [word for word in words if word not in ("--help", "-h")]
    plain = 0
    draw = random.Random(4)
    for _ in range(3000):
        arguments = draw.choices(words, k=draw.randrange(1, 5)) + ["x.cl"] * draw.randrange(2)
        given = read(OPTIONS, arguments)
        if given is not None:
            plain += 1
            assert given == asked(arguments), arguments
    assert plain > 300


def test_every_option_is_in_the_table() -> None:
    by_click = {name for option in command.params for name in option.opts} - {"--color", "files"}
    assert by_click == {option.name for option in OPTIONS}
    assert {o.key for o in OPTIONS} == {p.name for p in command.params} - {"color", "files"}


def spoken(way: str, arguments: list[str], capfd: pytest.CaptureFixture[str]) -> object:
    """Exit code and what is printed, but for seconds and memory."""
    code = direct.enter(arguments) if way == "direct" else main.run(arguments)
    out, err = capfd.readouterr()
    return code, [line for line in out.splitlines() if not line.endswith(" engine")], err


@pytest.mark.parametrize("text", [CLEAN, BROKEN, WARNED, TIMED, WRONG, "\x00", None])
@pytest.mark.parametrize("more", [[], ["--format", "json", "--no-stats", "--count"], ["-DN=1"]])
def test_both_ways_say_the_same(
    text: str | None, more: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.cl"
    if text is not None:
        path.write_text(text)
    arguments = ["check", str(path), *more]
    assert read(OPTIONS, arguments[1:]) is not None
    short = spoken("direct", arguments, capfd)
    assert short == spoken("click", arguments, capfd)
    assert short[1] or short[2]  # type: ignore[index]


def test_an_error_of_ours_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.cl"
    path.write_text(CLEAN)
    monkeypatch.setattr(checker, "check", lambda *_: 1 // 0)
    assert direct.enter(["check", str(path)]) == 2
    assert capfd.readouterr().err.startswith("internal error: ZeroDivisionError")


def loaded(path: Path, *more: str) -> dict[str, Path]:
    """The modules that a check has loaded, and the sources of ours."""
    code = (
        "import sys; from conclang.cli.direct import enter; enter(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    places = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {**os.environ, "PYTHONPATH": places}
    command = [sys.executable, "-S", "-c", code, "check", str(path), *more]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    assert result.stdout and result.returncode == 0, result.stderr
    names = result.stderr.split()
    return {name: ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in names}


@pytest.mark.parametrize("more", [[], ["-D", "N=1", "--format", "json"]])
def test_the_short_way_loads_nothing_heavy(more: list[str], tmp_path: Path) -> None:
    path = tmp_path / "x.cl"
    path.write_text(CLEAN + "const N = 2\n" * len(more[:1]))
    heavy = set(HEAVY.split()) - ({"json"} if more else set())
    if engine.name() == "plain":  # whose rooms are fewer and larger
        heavy -= {"conclang.explore.footprint", "conclang.explore.symmetry"}
    assert loaded(path, *more).keys() & heavy == set()


HEAVY = """
asyncio click concurrent.futures conclang.cli.html conclang.diagnostics.codes
conclang.diagnostics.show conclang.diagnostics.spelling conclang.explore.crew
conclang.explore.failing conclang.explore.footprint conclang.explore.hunt
conclang.explore.joining conclang.explore.liveness conclang.explore.overtaking
conclang.explore.pace conclang.explore.rounds conclang.explore.symmetry conclang.machine.run
conclang.semantics.error_texts conclang.semantics.policies conclang.semantics.settings
conclang.semantics.timed conclang.syntax.lark_build conclang.syntax.slips
conclang.syntax.slips_comments conclang.syntax.slips_lexing dataclasses decimal fractions
graphviz hashlib inspect json lark multiprocessing pathlib platform random rich shutil subprocess
tempfile yaml zlib
"""
"""What a check of a small file without mistakes may not load, so that it stays quick. `typing` is
not among them because the plain engine needs it (for Cython's shadow): the next test looks for it."""


def test_only_type_checkers_import_typing(tmp_path: Path) -> None:
    """It takes as long to be imported as fifteen of our modules."""
    path = tmp_path / "x.cl"
    path.write_text(BROKEN)
    sources = [source for source in loaded(path).values() if source.exists()]
    assert len(sources) > 100
    for source in sources:
        if source.stem.startswith("plain") or source.stem == "kinds":  # of the plain engine
            continue
        top = ast.parse(source.read_text(encoding="utf-8")).body
        names = {node.module for node in top if isinstance(node, ast.ImportFrom)}
        assert "typing" not in names, f"{source}: import it under TYPE_CHECKING"
