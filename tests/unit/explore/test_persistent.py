"""Steps taken alone: what the look ahead sees, and traps for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conclang.explore import persistent
from conclang.explore.checker import CheckOptions, check
from conclang.explore.driver import Limits, drive, open_search
from conclang.explore.footprint import Static, Walk
from conclang.explore.persistent import FINISHED, NEVER, Footprints, footprints
from conclang.explore.reduce import NAMES
from conclang.explore.reports import SearchOptions
from conclang.explore.result import CheckResult
from conclang.ir.ops import OpKind
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.pipeline import load_text

OTHERS = tuple(name for name in NAMES if name != "persistent")


@pytest.fixture(autouse=True)
def always() -> Iterator[None]:
    """Even where it promises nothing."""
    least, persistent.LEAST = persistent.LEAST, -1.0
    yield
    persistent.LEAST = least


def load(text: str) -> Program:
    checked = load_text(text)
    assert checked.program is not None, [found.message for found in checked.bag]
    return checked.program


def told(result: CheckResult) -> tuple[object, ...]:
    findings = sorted((f.kind, f.message, f.steps) for f in result.findings)
    statuses = [judged.status for judged in result.judgements]
    return result.verdict, statuses, findings, result.outcomes


def same(text: str, used: bool = True) -> tuple[CheckResult, CheckResult]:
    """The answers of the whole search and, the same, of the reduced one."""
    program = load(text)
    whole = check(program, CheckOptions(reduction=False))
    assert whole.limit is None
    for without in ((), OTHERS):
        reduced = check(program, CheckOptions(probe=1, without=without))
        assert told(reduced) == told(whole)
    assert (NAMES["persistent"] in reduced.stats.reductions) is used
    return whole, reduced


# -- what the look ahead sees -----------------------------------------------------------------------


def bounds_at(text: str, kind: OpKind) -> list[tuple[int, int] | None]:
    """Per thread within which bounds the object of the first such micro-op is."""
    program = load(text)
    static = Static(program)
    found = []
    for thread in program.threads:
        given = tuple((word, word) for word in thread.arguments)
        walk = Walk(static, thread.code, given)
        pc = min(pc for pc in walk.slots if program.ops[pc].kind == kind)
        found.append(walk.object_of(pc))
    return found


@pytest.mark.parametrize(
    ("index", "bounds"),
    [
        ("i", [(1, 1), (2, 2), (3, 3)]),
        ("(i + 1) % 3", [(2, 2), (3, 3), (1, 1)]),
        ("2 - i", [(3, 3), (2, 2), (1, 1)]),
        ("min(i, 1)", [(1, 1), (2, 2), (2, 2)]),
        ("i / 2 * 2", [(1, 1), (1, 1), (3, 3)]),
        ("y", [(1, 3), (1, 3), (1, 3)]),
    ],
)
def test_an_index_is_known_if_the_threads_own_is_all_it_rests_on(
    index: str, bounds: list[tuple[int, int]]
) -> None:
    text = f"shared y = 0\nshared a[3] = 0\nthread p[i in 0..3] {{ a[{index}] = 1 }}\n"
    assert bounds_at(text, OpKind.WRITE) == bounds


def test_what_grows_in_a_loop_is_given_up_but_stays_inside_the_array() -> None:
    text = "shared a[9] = 0\nthread p { for j in 0..9 { a[j] = 1 } }\n"
    assert bounds_at(text, OpKind.WRITE) == [(0, 8)]


def test_a_branch_that_the_index_decides_is_followed_one_way() -> None:
    text = (
        "shared x = 0\nshared y = 0\nthread p[i in 0..2] { if i == 0 { x = 1 } else { y = 1 } }\n"
    )
    assert bounds_at(text, OpKind.WRITE) == [(0, 0), (1, 1)]


def test_arguments_are_known_inside_functions() -> None:
    text = "shared a[3] = 0\nfn put(k) { a[k] = 1 }\nthread p[i in 0..3] { put(2 - i) }\n"
    assert bounds_at(text, OpKind.WRITE) == [(2, 2), (1, 1), (0, 0)]


def tables(text: str) -> Footprints | None:
    return footprints(load(text), set(), ())


def test_where_everybody_touches_the_same_nothing_is_prepared() -> None:
    assert tables("shared x = 0\nthread p[i in 0..3] { repeat 3 { x += 1 } }\n") is None
    assert tables("semaphore s(1)\nthread p[i in 0..3] { acquire s }\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "shared a[2] = 0\nthread p[i in 0..2] { a[i] = 1 }\n",
        "lock l[2]\nthread p[i in 0..2] { lock l[i] { } }\n",
        "channel c(1)\nthread p { c <- 1 }\nthread q { print <-c }\n",
        "semaphore s(0)\nthread p { release s }\nthread q { acquire s }\n",
        "shared x = 0\nthread p { print x }\nthread q { print x }\n",
    ],
)
def test_what_is_in_nobodys_way_may_be_taken_alone(text: str) -> None:
    made = tables(text)
    assert made is not None
    assert any(not needs & NEVER for needs in made.needs)


def test_tasks_and_clocks_are_left_alone() -> None:
    text = "shared a[2] = 0\nfn f() { a[0] = 1 }\nthread p { go f()\n a[1] = 1 }\n"
    assert tables(text) is None


def test_many_objects_share_classes_and_nothing_is_lost() -> None:
    text = (
        "shared a[100] = 0\nshared x = 0\n"
        "thread p[i in 0..100] with daemon { a[i] = 1\n a[(i + 1) % 100] = 2\n x = 1 }\n"
    )
    made = tables(text)
    assert made is not None
    ops = load(text).ops
    writes = [pc for pc, op in enumerate(ops) if op.kind == OpKind.WRITE]
    for t in range(100):
        at = made.rows[t] * made.count + writes[0]
        before = made.rows[(t - 1) % 100] * made.count + writes[0]
        assert made.needs[at] & made.future[before]


# -- how much is saved -------------------------------------------------------------------------------


def test_threads_with_cells_of_their_own_go_one_after_the_other() -> None:
    text = "shared a[4] = 0\nthread p[i in 0..4] { repeat 3 { a[i] += 1 } }\n"
    whole, reduced = same(text)
    assert whole.stats.states == 7**4
    assert reduced.stats.states == 6 * 4 + 1


def test_a_pipeline_goes_in_step() -> None:
    text = (
        "channel c(2)\nchannel d(2)\nshared sum = 0\n"
        "thread one { for i in 0..5 { c <- i }\n close c }\n"
        "thread two { for v in c { d <- v + 1 }\n close d }\n"
        "thread three { for v in d { sum += v } }\n"
    )
    whole, reduced = same(text)
    assert reduced.stats.states < whole.stats.states / 5


def test_halves_that_have_nothing_to_do_with_each_other_are_added_not_multiplied() -> None:
    half = "shared {0} = 0\nthread {0}{0}[i in 0..2] {{ repeat 2 {{ {0} += 1 }} }}\n"
    whole, reduced = same(half.format("x") + half.format("y"))
    one = check(load(half.format("x")), CheckOptions(reduction=False)).stats.states
    assert whole.stats.states == one * one
    assert reduced.stats.states < 4 * one


def test_threads_that_are_started_in_a_loop_are_told_apart() -> None:
    text = (
        "shared a[3] = 0\n"
        "fn job(k) {\n a[k] = 1\n a[k] += k\n a[k] += 1\n}\n"
        "thread main {\n for i in 0..3 { spawn job(i) }\n}\n"
    )
    whole, reduced = same(text)
    assert reduced.stats.states == 3 + 3 * 5 + 1 < whole.stats.states / 5


def test_threads_started_by_several_are_told_apart_as_well() -> None:
    text = (
        "shared a[4] = 0\nfn job(k) { a[k] += 1 }\n"
        "thread p[i in 0..2] {\n spawn job(i)\n spawn job(i + 2)\n}\n"
    )
    whole, reduced = same(text)
    assert reduced.stats.states < whole.stats.states / 10


def test_threads_started_by_those_who_were_started_are_told_apart_as_well() -> None:
    text = (
        "shared a[4] = 0\nfn job(k) { a[k] += 1 }\n"
        "fn two(k) { spawn job(k)\n a[k + 1] += 1 }\n"
        "thread main { for k in 0..2 { spawn two(2 * k) } }\n"
    )
    whole, reduced = same(text)
    assert reduced.stats.states < whole.stats.states / 5


BOTH = """\
shared a[4] = 0
shared sum = 0
lock m
fn add(v) { lock m { sum += v } }
fn job(k) {
  a[k] += 1
  a[k] += 1
  add(a[k])
}
thread main { for k in 0..4 { spawn job(k) } }
"""


def test_those_who_change_places_are_known_by_their_records() -> None:
    program = load(BOTH)
    whole = check(program, CheckOptions(reduction=False))
    found = {}
    for without in (("started",), ("persistent",), ()):
        result = check(program, CheckOptions(probe=1, without=without))
        assert told(result) == told(whole)
        found[without] = result.stats.states
    assert found[()] <= found["started",] < found["persistent",] / 10


def test_a_record_is_known_by_all_frames_of_its_calls() -> None:
    program = load(BOTH)
    made = footprints(program, set(), (), (), True)
    assert made is not None
    machine = Machine(program)
    search = open_search(machine, SearchOptions(keep=True))
    drive(search, Limits(states=3000))
    first: dict[int, int] = {}
    for place in search.places():
        words = search.words(place)
        for t in range(1, words[0]):
            at = search.record_of(t)
            if words[at] != FINISHED:
                row, pc = made.row_of(t, words[at:], machine.stack), words[at + 1]
                own = first.setdefault(t, row) * made.count + pc
                assert made.future[row * made.count + pc] == made.future[own]
    assert sorted(first) == [1, 2, 3, 4]
    assert len(set(first.values())) == 4


def test_interchangeable_threads_keep_what_is_known_of_each() -> None:
    text = (
        "shared a[4] = 0\nshared x = 0\n"
        "thread p[i in 0..4] { repeat 3 { a[i] += 1 }\n x = 1\n x = 2\n}\n"
    )
    program = load(text)
    whole = check(program, CheckOptions(reduction=False))
    alone, both = (
        check(program, CheckOptions(probe=1, without=("indices", *without)))
        for without in (("symmetry",), ())
    )
    assert told(alone) == told(both) == told(whole)
    assert both.stats.states < alone.stats.states < whole.stats.states / 10


def test_it_can_be_left_out() -> None:
    program = load("shared a[4] = 0\nthread p[i in 0..4] { repeat 3 { a[i] += 1 } }\n")
    result = check(program, CheckOptions(probe=1, without=("persistent", "indices")))
    assert NAMES["persistent"] not in result.stats.reductions
    assert result.stats.states == 7**4


# -- traps ------------------------------------------------------------------------------------------

TRAPS = {
    "a thread goes round for ever among its own": (
        "shared p = 0\nshared x = 0\n"
        "thread a { loop { p = 1 - p } }\n"
        "thread b { x = 1\n x = 2\n assert x == 1 }\n"
    ),
    "two go round for ever": (
        "shared p[2] = 0\nshared x = 0\n"
        "thread a[i in 0..2] { loop { p[i] = 1 - p[i] } }\n"
        "thread b { x = 1 }\nthread c { x = 2 }\n"
    ),
    "a cell is handed over later": (
        "shared p = 0\nevent e\n"
        "thread a { p = 1\n p = 2\n signal e\n p = 3 }\n"
        "thread b { wait e\n p = 5 }\n"
    ),
    "a function reaches for it": (
        "shared p = 0\nshared y = 0\nfn touch() { p = 7 }\n"
        "thread a { p = 1\n y = p }\nthread b { touch() }\n"
    ),
    "a thread that is started later reaches for it": (
        "shared p = 0\nshared y = 0\nfn late() { p = 7 }\n"
        "thread a { p = 1\n p = 2\n y = p }\nthread b { y = 1\n spawn late() }\n"
    ),
    "its own child reaches for it": (
        "shared p = 0\nfn late(k) { p = k }\n"
        "thread a { p = 1\n let h = spawn late(8)\n p = 2\n join h\n p += 1 }\nthread b { print 1 }\n"
    ),
    "a computed index reaches for it": (
        "shared a[3] = 0\nshared y = 1\n"
        "thread p { a[0] = 1\n a[0] = 2 }\nthread q { a[y] = 5 }\nthread r { y = 0 }\n"
    ),
    "a lock is nobody else's until a thread is started": (
        "lock m\nshared x = 0\nfn late() { lock m { x = 5 } }\n"
        "thread a { lock m { x = 1\n x = 2 } }\nthread b { spawn late() }\n"
    ),
    "a predicate looks at it": (
        "shared p = 0\nshared q = 0\n"
        "thread a { p = 1\n p = 0 }\nthread b { q = 1\n q = 0 }\n"
        "expect never p + q == 2\nexpect reachable p == 1\nexpect always p == q\n"
    ),
    "a predicate looks at it by an index": (
        "shared a[2] = 0\nshared q = 0\n"
        "thread p { a[0] = 1\n a[0] = 0 }\nthread b { q = 1\n q = 0 }\n"
        "expect never a[q] == 1\n"
    ),
    "what fails ends the schedule": (
        "shared p = 0\nshared x = 0\n"
        "thread a { p = 1\n p = 1 / (p - 1) }\nthread b { x = 1\n x = 2\n assert x == 1 }\n"
    ),
    "an index fails in what is its own": (
        "shared a[2] = 0\nshared x = 0\n"
        "thread p { a[0] = 5\n a[a[0]] = 1 }\nthread b { x = 1\n x = 2 }\n"
    ),
    "one branch of a choice fails": (
        "shared p = 0\nshared x = 0\n"
        "thread a { p = choose(0, 1)\n p = 1 / p }\nthread b { x = 1\n x = 2 }\n"
    ),
    "memory that a failing step of another leaves": (
        "shared p = 0\nshared x = 0\n"
        "thread a { p = 1\n p = 2\n p = 3 }\nthread b { x = 1\n x = 2\n assert x == 1 }\n"
    ),
    "memory under a lock that a failing step of another leaves": (
        "shared p = 0\nshared x = 0\nlock m\n"
        "thread a { lock m { p = 1\n p = 2 } }\nthread c { lock m { p = 3 } }\n"
        "thread b { x = 1\n x = 2\n assert x == 1 }\n"
    ),
    "writers before readers": (
        "shared x = 0\nshared y = 0\nshared p = 0\nrwlock t with prefer_writers\n"
        "thread a { p = 1\n write t { x = 1 }\n p = 2\n write t { x = 2 } }\n"
        "thread b { read t { y = x } }\n"
    ),
    "writers before readers, with a lock given back between": (
        "shared x = 0\nshared y = 0\nlock m\nrwlock t with prefer_writers\n"
        "thread a { acquire m\n acquire write t\n x = 1\n release write t\n release m\n"
        " acquire write t\n x = 2\n release write t }\n"
        "thread b { acquire read t\n y = x\n release read t }\n"
    ),
    "somebody stands at a channel": (
        "shared p = 0\nshared y = 0\nchannel c\n"
        "thread a { p = 1\n c <- 1 }\n"
        "thread b { select { case v = <-c { y = v }\n default { y = 5 } } }\n"
    ),
    "tries see what is given back": (
        "lock m\nshared y = 0\n"
        "thread a { acquire m\n release m }\n"
        "thread b { if try_acquire m { y = 1\n release m } else { y = 2 } }\n"
    ),
    "a section is counted": (
        "shared p = 0\nshared q = 0\n"
        "thread a { section cs { p = 1\n p = 2 }\n p = 3 }\n"
        "thread b { section cs { q = 1 }\n q = 2 }\n"
        "expect at most 1 in cs\n"
    ),
    "a block touches what belongs to another": (
        "shared p = 0\nshared q = 0\n"
        "thread a { p = 1\n p = 2 }\nthread b { atomic { q = 1\n p = 5 } }\n"
    ),
    "a sleeper wants its lock back": (
        "lock m\ncondition c\nshared p = 0\n"
        "thread a { lock m { wait c\n p = 1 } }\n"
        "thread b { lock m { signal c } }\nthread d { acquire m\n p = 2\n release m }\n"
    ),
    "two senders": (
        "channel c(2)\nshared x = 0\n"
        "thread a { c <- 1 }\nthread b { c <- 2 }\nthread d { x = <-c\n x = x * 10 + <-c }\n"
    ),
}


@pytest.mark.parametrize("name", sorted(TRAPS))
def test_trap(name: str) -> None:
    program = load(TRAPS[name])
    whole = check(program, CheckOptions(reduction=False))
    assert whole.limit is None
    for without in ((), OTHERS):
        reduced = check(program, CheckOptions(probe=1, without=without))
        assert told(reduced) == told(whole), without


def test_who_is_left_behind_while_others_go_round() -> None:
    text = (
        "shared p = 0\nlock m\nlock k\n"
        "thread a { loop { p = 1 - p } }\n"
        "thread b { lock m { lock k { } } }\nthread c { lock k { lock m { } } }\n"
    )
    program = load(text)
    whole = check(program, CheckOptions(reduction=False))
    assert [f.kind for f in whole.findings] == ["leak"]
    for without in ((), OTHERS):
        reduced = check(program, CheckOptions(probe=40, without=without))
        assert told(reduced) == told(whole)


def test_nobody_is_left_behind_while_others_go_round() -> None:
    text = (
        "shared p = 0\nshared c[3] = 0\nlock m\n"
        "thread a { loop { p = 1 - p } }\n"
        "thread b[i in 0..3] { repeat 3 { c[i] += 1 } lock m { c[i] = 0 } }\n"
    )
    program = load(text)
    whole = check(program, CheckOptions(reduction=False))
    reduced = check(program, CheckOptions(probe=200))
    assert told(reduced) == told(whole)
    assert reduced.infinite and NAMES["persistent"] in reduced.stats.reductions
    assert reduced.stats.states < whole.stats.states / 10


def test_findings_are_shown_as_short_as_ever() -> None:
    text = (
        "shared a[3] = 0\nshared x = 0\n"
        "thread p[i in 0..3] { repeat 4 { a[i] += 1 } }\n"
        "thread q { x = 1 }\nthread r { x = 2 }\n"
    )
    whole, reduced = same(text)
    assert [f.steps for f in reduced.findings] == [f.steps for f in whole.findings] == [0]


def test_memory_that_no_outcome_tells_may_be_written() -> None:
    text = (
        "shared a[3] = 0\nshared x = 0\n"
        "thread p[i in 0..3] { repeat 3 { a[i] += 1 } }\n"
        "thread q { x = 1\n x = 2\n assert x == 1 }\n"
    )
    told_of_all, told_of_x = same(text), same(text + "expect outcomes x == {2}\n")
    assert told_of_x[1].stats.states < told_of_all[1].stats.states / 4


def test_leaving_memory_alone_is_enough_once_a_step_fails() -> None:
    text = (
        "shared a[3] = 0\nshared x = 0\nlock l[3]\n"
        "thread p[i in 0..3] { repeat 3 { lock l[i] { a[i] += 1 } } }\n"
        "thread q { x = 1\n x = 2\n assert x == 1 }\n"
    )
    whole, reduced = same(text)
    assert reduced.stats.states < whole.stats.states
