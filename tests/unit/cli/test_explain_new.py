"""`explain` and `new`."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conclang.cli.words import explain_word, known_words
from conclang.diagnostics.codes import table
from conclang.diagnostics.glossary import terms

Conclang = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_code_with_both_examples(conclang: Conclang) -> None:
    result = conclang("explain", "cl0116")
    assert result.returncode == 0
    assert result.stdout.startswith("CL0116: a string in single quotes (error, text)\n")
    assert "    thread a { print 'hello' }\n" in result.stdout
    assert '    thread a { print "hello" }\n' in result.stdout


def test_a_term_in_several_words(conclang: Conclang) -> None:
    one, two = conclang("explain", "lost", "update"), conclang("explain", "Lost_Update")
    assert one.returncode == 0
    assert one.stdout == two.stdout
    assert one.stdout.startswith("lost update: ")
    assert "    expect lost_update\n" in one.stdout


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("round_robin", "round_robin (scheduling policy): "),
        ("Round Robin", "as in: scheduler round_robin(quantum: 2)"),
        ("misses", "deadline: "),  # the glossary knows it under that word
        ("switches", "as in: expect timed switches <= 10"),
        ("tickets", "thread alice with tickets 1"),
        ("repeat", "repeat (word of the language): "),
    ],
)
def test_words_of_the_language(conclang: Conclang, word: str, says: str) -> None:
    result = conclang("explain", word)
    assert result.returncode == 0
    assert says in result.stdout


def test_every_word_of_every_table_is_explained() -> None:
    assert all(explain_word(word) for word in known_words())


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("deadlok", "`deadlock`"),
        ("goroutin", "`goroutine`"),
        ("CL0119", "CL011"),
        ("qqqqqqqq", "lists all"),
        ("CL", "lists all"),
        ("\x1b[2J", "lists all"),
    ],
)
def test_what_nobody_knows(conclang: Conclang, word: str, hint: str) -> None:
    result = conclang("explain", word)
    assert (result.returncode, result.stdout) == (2, "")
    assert hint in result.stderr
    assert "\x1b" not in result.stderr


def test_the_list_has_everything(conclang: Conclang) -> None:
    listed = conclang("explain").stdout
    assert all(name in listed for name in [*terms(), *table()])


def test_a_new_scenario(conclang: Conclang, tmp_path: Path) -> None:
    result = conclang("new", "my_first-try")
    assert result.returncode == 0
    text = (tmp_path / "my_first-try.cl").read_text()
    assert text.startswith("// My first try\n")
    assert 'scenario "My first try"' in text
    assert "conclang check my_first-try.cl" in text


def test_an_existing_file_is_left_alone(conclang: Conclang, tmp_path: Path) -> None:
    (tmp_path / "a.cl").write_text("mine")
    (tmp_path / "b.cl").symlink_to(tmp_path / "nowhere")
    for name in ("a", "a.cl", "b"):
        assert conclang("new", name).returncode == 2
    assert (tmp_path / "a.cl").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["", ".cl", "none/x", "a\nb", "x" * 300, "..", "/"])
def test_names_that_are_none(conclang: Conclang, name: str) -> None:
    result = conclang("new", name)
    assert result.returncode == 2
    assert result.stderr


def test_a_hostile_title_stays_a_string(conclang: Conclang, tmp_path: Path) -> None:
    assert conclang("new", 'say "hi" {x}').returncode == 0
    text = (tmp_path / 'say "hi" {x}.cl').read_text()
    assert "scenario \"Say 'hi' {x}\"" in text
