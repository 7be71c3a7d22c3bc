"""What the steps of a schedule are called: with what was sent, chosen, taken, and what was not."""

from __future__ import annotations

import pytest

from tests.unit.explore.helpers import look, only

HEAD = """\
channel a(1)
channel b
channel words(1)
lock m
rwlock t
semaphore s(0)
atomic n = 0
atomic lit = false
shared x = 0
condition c
"""
ONE = {
    "a message": ("a <- 7", ["sends 7 on a"]),
    "a text": (
        'words <- "ha"\n let _w = <-words',
        ['sends "ha" on words', 'receives "ha" from words'],
    ),
    "a message from a closed channel": ("close a\n <-a", ["closes a", "finds a closed and empty"]),
    "an arm that sends": ("select { case a <- 3 { } }", ["select: sends 3 on a"]),
    "an arm that receives": (
        "a <- 1\n select { case v = <-a { x = v } }",
        ["sends 1 on a", "select: receives 1 from a", "writes x = 1"],
    ),
    "default": ("select { case <-a { } default { } }", ["takes the `default` of the select"]),
    "after": ("select { case <-a { } after 9 { } }", ["takes the `after` of the select"]),
    "a try": (
        "let _one = try_acquire m\n let _two = try_acquire m",
        ["tries to acquire m", "tries to acquire m, in vain"],
    ),
    "a try of a side": (
        "let _one = try_acquire write t\n let _two = try_acquire read t",
        ["tries to acquire t for writing", "tries to acquire t for reading, in vain"],
    ),
    "a try of a semaphore": ("let _got = try_acquire s", ["tries to acquire s, in vain"]),
    "a compare-and-swap": (
        "let _one = n.cas(0, 5)\n let _two = n.cas(0, 6)\n let _no = lit.cas(true, false)",
        [
            "compare-and-swap of n: 0 becomes 5",
            "compare-and-swap of n in vain: it is 5",
            "compare-and-swap of lit in vain: it is false",
        ],
    ),
    "what is printed": ('print "x is {x}"', ["reads x: 0", 'prints "x is 0"']),
    "a block": ("atomic { x = 3\n lit = true }", ["runs its atomic block: x = 3, lit = true"]),
    "a block that only looks": ("atomic { assert x == 0 }", ["runs its atomic block"]),
    "a section": ("section kitchen { }", ["leaves section kitchen"]),
    "a range": ("x = 1\n x = choose(3..4)", ["writes x = 1, chooses 3", "writes x = 3"]),
    "options": ("x = 1\n x = choose(4)", ["writes x = 1, chooses option 1", "writes x = 4"]),
    "a signal": ("signal c", ["signals c (nobody waits)"]),
}


def told(body: str) -> list[str]:
    """The steps of a thread that fails after its body."""
    text = f"{HEAD}thread one {{\n {body}\n assert x == 99\n}}\n"
    finding = only(look(text), "assertion")
    return [move.text for move in finding.moves][:-1]


@pytest.mark.parametrize("case", ONE)
def test_a_step(case: str) -> None:
    body, wanted = ONE[case]
    assert told(body) == wanted


PAIR = """\
channel b
shared x = 0
thread sender {
  b <- (8, true)
  assert x == 1
}
thread other { let _m = <-b }
"""


def test_a_joint_step_names_the_partner() -> None:
    moves = only(look(PAIR), "assertion").moves
    assert moves[0].text == "sends (8, true) on b to other"


LOOPING = """\
channel b
shared x = 0
thread sender {
  select { case b <- 2 { } }
  assert x == 1
}
thread other with daemon { loop { <-b } }
"""


def test_so_it_does_where_the_partner_comes_back_to_where_it_was() -> None:
    moves = only(look(LOOPING), "assertion").moves
    assert moves[0].text == "select: sends 2 on b to other"


WAYS = """\
shared x = 0
thread one {
  x = 1
  x = choose(5..9) + choose(10, 20)
  assert x != 28
}
"""


def test_the_choice_is_the_one_of_the_schedule() -> None:
    moves = only(look(WAYS), "assertion").moves
    assert moves[0].text == "writes x = 1, chooses 8 and option 2"


SPAWNED = """\
channel c
shared x = 0
fn send(i) { c <- i }
thread one {
  spawn send(3)
  spawn send(4)
  x = <-c
  x = <-c
  assert x != 3
}
"""


def test_steps_of_threads_made_on_the_way() -> None:
    moves = only(look(SPAWNED), "assertion").moves
    sent = [move.text for move in moves if "sends" in move.text]
    assert sent == ["sends 4 on c to one", "sends 3 on c to one"]
