"""Which programs let threads with indices change places, and which do not."""

from __future__ import annotations

import pytest

from conclang.explore.checker import CheckOptions, check
from conclang.explore.property import questions
from conclang.explore.reduce import NAMES
from conclang.explore.symmetry import Symmetry, symmetry
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.pipeline import load_text

OBJECTS = (
    "const N = 3\nshared x = 0\nshared a[N] = 0\nshared own[N] = -1\natomic turn = -1\n"
    "lock g\nlock m[N]\nsemaphore s[N](1)\nevent e[N]\ncondition c[N]\nchannel ch(9)\n"
    "fn visit(k) { a[k] += 1 }\nfn helper(v) { x += v }\n"
)


def loaded(text: str) -> Program:
    checked = load_text(text)
    assert checked.program is not None, [d.message for d in checked.bag]
    return checked.program


def found(text: str) -> Symmetry | None:
    program = loaded(text)
    return symmetry(program, questions(program), Machine(program))


def permutations(text: str) -> int:
    """How many there are; 1: only the one that changes nothing."""
    turning = found(text)
    return 1 if turning is None else len(turning.members)


def body(text: str, after: str = "") -> int:
    return permutations(f"{OBJECTS}thread w[i in 0..N] {{ {text} }}\n{after}\n")


ALIKE = [
    "a[i] += 1",
    "turn = i",
    "turn = i; if turn == i { x = 1 }",
    "own[i] = turn",
    "own[i] = i; if own[i] != turn { x = 2 }",
    "if turn.cas(-1, i) { x += 1; turn = -1 }",
    "let before = turn.swap(i)\nif before != -1 { a[before] = 1 }",
    "lock m[i] { x += 1 }",
    "acquire s[i]; release s[i]",
    "signal e[i]; wait e[i]; reset e[i]",
    "lock g { wait c[i] }",
    "visit(i)",
    "let k = i\nrepeat 2 { a[k] = a[i] + 1 }",
    'print "{i}"; a[i] = 1',
    "work i; a[i] = 1",
    "spawn helper(1); a[i] = 1",
    "if try_acquire m[i] { release m[i] }",
    "let j = choose(i, turn)\nif j != -1 { a[j] = 1 }",
]
RING = [
    "a[(i + 1) % N] = 1",
    "let right = (i + 1) % N\nlock m[i] { lock m[right] { } }",
    "a[(i + N - 1) % N] += 1",
    "turn = (i + 1) % N",
]
TRAPS = {
    "arithmetic": "a[i] = 1; x += i",
    "stored among numbers": "a[i] = i",
    "zero is a member": "turn = 0; turn = i",
    "a fixed element": "a[i] = 1; a[0] = 2",
    "a number against an index": "turn = i; if turn == 1 { x = 2 }",
    "order": "if i < turn { x = 1 }\nturn = i",
    "the first one": "if i == 0 { a[i] = 1 }",
    "a scan": "for k in 0..N { if k != i { x += a[k] } }\na[i] = 1",
    "a scan of locks": "for k in 0..N { lock m[k] { } }\nlock m[i] { }",
    "a message of an assertion": 'assert a[i] < 3, "{i}"',
    "a value in a message": 'turn = i; assert x < 3, "{turn}"',
    "through a channel": "a[i] = 1; ch <- i",
    "argument of a thread": "a[i] = 1; spawn helper(i)",
    "out of range": "a[i + 1] = 1",
    "a function for both": "visit(i); visit(0)",
    "added to": "turn.add(1); turn = i",
    "a local array": "let l = [1, 2, 3]\na[i] = l[i]",
    "products": "a[i * 2 % N] = 1",
    "self": "let me = self\na[i] = 1",
}


@pytest.mark.parametrize("text", ALIKE)
def test_all_members_are_alike(text: str) -> None:
    assert body(text) == 6


@pytest.mark.parametrize("text", RING)
def test_members_stand_in_a_ring(text: str) -> None:
    assert body(text) == 3


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS)
def test_members_are_told_apart(text: str) -> None:
    assert body(text) == 1


@pytest.mark.parametrize(
    "other",
    [
        "thread main { a[0] = 1 }",
        "thread main { for k in 0..N { x += a[k] } }",
        "thread main { turn = 1 }",
        "thread main { if turn == 2 { x = 1 } }",
        "expect always a[1] < 2",
        "expect never turn == 2",
    ],
)
def test_others_tell_them_apart(other: str) -> None:
    assert body("a[i] = 1; turn = i", other) == 1


@pytest.mark.parametrize(
    "other",
    [
        "thread main { x = 1 }",
        "thread main { turn = -1 }",
        "thread main { let v = turn\nif v != -1 { a[v] = 2 } }",
        "expect always x < 2",
        "expect never turn == -7",
        "expect finally a[1] == 1",
        "expect possible turn == 2",
        "expect outcomes turn == {0, 1, 2}",
        "expect race on a",
    ],
)
def test_others_do_not_tell_them_apart(other: str) -> None:
    assert body("a[i] = 1; turn = i", other) == 6


def test_the_start_must_be_alike() -> None:
    text = "shared a[2] = {}\nthread w[i in 0..2] {{ a[i] += 1 }}\n"
    assert permutations(text.format("[4, 4]")) == 2
    assert permutations(text.format("[4, 5]")) == 1


def test_an_array_of_another_length() -> None:
    text = "shared a[{}] = 0\nthread w[i in 0..3] {{ a[i + 1] = 1 }}\n"
    assert permutations(text.format(4)) == 6
    assert permutations(text.format(3)) == 1
    text = "shared a[4] = 0\nthread w[i in 0..3] { a[i] = 1; a[i + 1] = 2 }\n"
    assert permutations(text) == 1


def test_the_first_index_need_not_be_zero() -> None:
    text = "shared a[3] = 0\nthread w[i in 1..4] { a[i - 1] = 1; a[i % 3] = 2 }\n"
    assert permutations(text) == 3


def test_two_exchange_places() -> None:
    text = "shared flag[2] = false\nthread p[i in 0..2] { flag[i] = true; if flag[1 - i] { } }\n"
    assert permutations(text) == 2
    peterson = "shared turn = 0\nthread p[i in 0..2] { turn = 1 - i; if turn == i { } }\n"
    assert permutations(peterson) == 1  # it is somebody's turn at the start
    assert permutations(peterson.replace("turn = 0", "turn = -1")) == 2


def test_groups_that_share_an_array_move_together() -> None:
    text = (
        "shared slot[3] = 0\nthread p[i in 0..3] { slot[i] = 1 }\n"
        "thread c[j in 0..3] { slot[j] = 2 }\n"
    )
    turning = found(text)
    assert turning is not None and len(turning.members) == 6
    assert turning.groups == {(0, 3), (3, 6)}
    assert permutations(text.replace("slot[j] = 2", "slot[2 - j] = 2")) == 1
    assert permutations(text.replace("j in 0..3", "j in 0..2")) == 1


def test_many_members_in_a_ring_or_five_of_them() -> None:
    text = "lock m[{0}]\nthread w[i in 0..{0}] {{ lock m[i] {{ {1} }} }}\n"
    assert permutations(text.format(7, "")) == 120
    assert permutations(text.format(7, "lock m[(i + 1) % 7] { }")) == 7
    both = "lock m[(i + 1) % 7] { }\nlock m[(i + 6) % 7] { }"
    assert permutations(text.format(7, both)) == 7  # one after the other: right, then left


def test_a_ring_that_may_be_turned_over() -> None:
    text = (
        "lock m[4]\nthread w[i in 0..4] { let j = (i + 2) % 4\nlock m[i] { "
        "if try_acquire m[j] { release m[j] } } }\n"
    )
    assert permutations(text) == 8


def test_ends_are_told_for_every_member() -> None:
    text = OBJECTS + "thread w[i in 0..N] { turn = i; a[i] = x; x = 1 }\n"
    whole = check(loaded(text), CheckOptions(reduction=False))
    reduced = check(loaded(text), CheckOptions(probe=1))
    assert NAMES["indices"] in reduced.stats.reductions
    assert reduced.outcomes == whole.outcomes
    assert reduced.stats.states < whole.stats.states / 2
    left_out = check(loaded(text), CheckOptions(probe=1, without=("indices",)))
    assert NAMES["indices"] not in left_out.stats.reductions


def test_the_schedule_leads_to_the_end_that_was_asked_for() -> None:
    text = OBJECTS + "thread w[i in 0..N] { turn = i }\nexpect finally turn != 1\n"
    reduced = check(loaded(text), CheckOptions(probe=1))
    whole = check(loaded(text), CheckOptions(reduction=False))
    assert [f.message for f in reduced.findings] == [f.message for f in whole.findings]
    assert "turn = 1" in reduced.findings[0].cause
    assert reduced.findings[0].moves[-1].thread == "w[1]"


def test_naive_philosophers_are_necklaces() -> None:
    text = (
        "const N = 6\nlock f[N]\nthread p[i in 0..N] {\n  let j = (i + 1) % N\n"
        "  loop { acquire f[i]; acquire f[j]; release f[j]; release f[i] }\n}\n"
    )
    result = check(loaded(text), CheckOptions(probe=30, without=("persistent",)))
    assert result.stats.states == 14  # of 6 beads in two colours
    assert [f.kind for f in result.findings] == ["deadlock"]


def test_who_is_left_behind_for_ever_is_called_by_name() -> None:
    text = (
        "const N = 3\natomic first = 0\nsemaphore s[N](0)\nlock m[N]\n"
        "thread w[i in 0..N] {\n  if first.add(1) == 0 { acquire s[i] }\n"
        "  loop { lock m[i] { lock m[(i + 1) % N] { yield } } }\n}\n"
    )
    whole = check(loaded(text), CheckOptions(reduction=False))
    reduced = check(loaded(text), CheckOptions(probe=60))
    assert whole.infinite and reduced.infinite
    assert [f.kind for f in reduced.findings] == [f.kind for f in whole.findings]
    assert "leak" in {f.kind for f in reduced.findings}
