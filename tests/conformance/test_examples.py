"""Every example says its verdict, a second means confirms it, and its twin is told apart from it.

The head of a file (conclang/collection/header.py) names the twin; the two are linked by exchanging
their `expect` lines: what is expected of the one must fail with the other. So neither can be
changed into something that the other's expectations would still accept.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.problems import load as load_problems
from conclang.collection.catalogue import (
    BROKEN,
    THEMES,
    Example,
    catalogue,
    examples_folder,
    twin_of,
)
from conclang.collection.header import FIELDS, METHODS, VERDICTS
from conclang.diagnostics.source import SourceText
from conclang.explore.checker import CheckOptions, check
from conclang.explore.result import CheckResult
from conclang.pipeline import load, timed_status
from conclang.syntax import nodes as n
from conclang.syntax.parse import parse
from conclang.syntax.unparse import unparse
from tests.oracle.examples import SLOW, opinion

ALL = catalogue()
LONGEST = 70  # lines
SECONDS = 20.0
PEERS = {  # example -> the model of it in benchmarks/peers, and what all three tools must say
    "counter_broken": ("counter", "holds"),  # the model, too, states the lost updates positively
    "ordered_broken": ("abba", "deadlock"),
    "peterson": ("peterson", "holds"),
    "rendezvous": ("rendezvous", "holds"),
    "lost_wakeup_broken": ("lost_wakeup", "deadlock"),
    "withdraw_broken": ("withdraw", "assertion"),
    "filter": ("filter_lock", "holds"),
    "philosophers_lefty": ("philosophers_ordered", "holds"),
    "philosophers_lefty_broken": ("philosophers_naive", "deadlock"),
}
UNSEEN = {"starvation", "atomicity", "slow"}  # verdicts that the oracle cannot give alone


def name(one: Example) -> str:
    return f"{one.theme}/{one.name}"


every = pytest.mark.parametrize("one", ALL, ids=name)


def judged(text: str) -> CheckResult:
    checked = load(SourceText.of(text, "example.cl"))
    assert checked.program is not None, [str(d) for d in checked.bag]
    program = checked.program
    options = CheckOptions(max_seconds=SECONDS, timed=lambda e: timed_status(program, e))
    return check(program, options)


def halves(text: str) -> tuple[str, str]:
    """The scenario without its `expect` lines, and these lines."""
    scenario, bag = parse(SourceText.of(text, "example.cl"))
    assert bag.ok
    expects, rest, at = [], [], 0
    for item in scenario.declarations:
        if isinstance(item, n.ExpectDeclaration):
            rest.append(text[at : item.span.start])
            expects.append(text[item.span.start : item.span.end])
            at = item.span.end
    rest.append(text[at:])
    return "".join(rest), "\n".join(expects) + "\n"


def test_the_folder_holds_nothing_else() -> None:
    """A theme that nobody lists, or a file in the wrong place, would never be seen."""
    there = sorted(str(p) for p in Path(examples_folder()).rglob("*") if p.is_file())
    assert there == sorted(str(Path(one.path)) for one in ALL)
    assert list(dict.fromkeys(one.theme for one in ALL)) == [t for t in THEMES if _has(t)]


def _has(theme: str) -> bool:
    return (Path(examples_folder()) / theme).is_dir()


def test_names_titles_and_ideas_are_told_apart() -> None:
    for field in ("name", "title", "idea"):
        values = [getattr(one, field) for one in ALL]
        assert sorted(values) == sorted(set(values)), field


@every
def test_it_holds(one: Example) -> None:
    checked = load(SourceText.of(one.text, one.path))
    assert [str(d) for d in checked.bag] == []
    result = judged(one.text)
    assert [j.text for j in result.judgements if j.status != "holds"] == []
    assert result.verdict == "holds"
    assert result.judgements


@every
def test_the_head_is_complete(one: Example) -> None:
    head = one.text.split("scenario ")[0]
    found = re.findall(rf"^// ({'|'.join(FIELDS)}): ", head, re.MULTILINE)
    optional = {"Source", "By hand"}
    assert found == [field for field in FIELDS if field in found]
    assert set(FIELDS) - set(found) <= optional
    assert one.idea.endswith((".", "!", "?"))
    assert one.title
    assert one.next.endswith((".", "?"))
    assert one.verdict in VERDICTS
    assert set(one.checked_by) <= set(METHODS) and one.checked_by
    assert ("hand" in one.checked_by) == bool(one.by_hand)


@every
def test_it_is_short_and_in_the_one_style(one: Example) -> None:
    scenario, bag = parse(SourceText.of(one.text, one.path))
    assert bag.ok
    assert unparse(scenario, one.text) == one.text
    assert len(one.text.splitlines()) <= LONGEST


@every
def test_the_twin_is_there_and_is_another(one: Example) -> None:
    twin = twin_of(one)
    assert twin is not None and twin_of(twin) == one
    assert one.name.endswith(BROKEN) != twin.name.endswith(BROKEN)
    assert one.broken == (one.verdict != "safe")
    assert one.concept == twin.concept
    program, _ = halves(one.text)
    _, expects = halves(twin.text)
    assert judged(program + expects).verdict != "holds"


@every
def test_a_second_means_confirms_it(one: Example) -> None:
    if one.verdict in UNSEEN or "oracle" not in one.checked_by:
        assert "hand" in one.checked_by
    if "oracle" in one.checked_by and one.name not in SLOW:
        said = opinion(one)
        assert said.confirmed, said
        assert not said.deadlock or "expect deadlock" in one.text


@pytest.mark.parametrize("one", [e for e in ALL if e.name in PEERS], ids=name)
def test_other_checkers_were_given_the_same(one: Example) -> None:
    """The benchmarks run these models and compare the answers of all tools with the table."""
    model, verdict = PEERS[one.name]
    assert {"spin", "harmony"} <= set(one.checked_by)
    problems = [p for p in load_problems() if p.model == model]
    assert {p.verdict for p in problems} == {verdict}
    for problem in problems:
        assert problem.file("model.pml").is_file() and problem.file("model.hny").is_file()


def test_nobody_else_claims_to_be_checked_by_peers() -> None:
    claimed = {one.name for one in ALL if {"spin", "harmony"} & set(one.checked_by)}
    assert claimed == set(PEERS)
