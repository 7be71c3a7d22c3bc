"""Happens-before, holders and waits, from handwritten events; every case is argued by hand."""

from __future__ import annotations

from conclang.analyses.clocks import Clocks
from conclang.analyses.updates import Updates
from conclang.analyses.waits import Waits
from conclang.events.event import Event


def story(text: str) -> list[Event]:
    """`a write x 1; b read x` as events, a tick each; the place is the number of the event."""
    events = []
    for tick, line in enumerate(text.split(";")):
        thread, kind, thing, *value = line.split()
        given = value[0] if value else None
        events.append(Event(tick, tick, 0, thread, kind, thing, given, tick))
    return events


def races(text: str, **capacities: int) -> list[tuple[str, int, int]]:
    clocks = Clocks(capacities)
    for event in story(text):
        clocks.see(event)
    return [(r.later.event.object, r.earlier.event.tick, r.later.event.tick) for r in clocks.races]


def test_unordered_accesses_race_if_one_writes() -> None:
    assert races("a write x; b read x") == [("x", 0, 1)]
    assert races("a read x; b write x") == [("x", 0, 1)]
    assert races("a write x; b write x") == [("x", 0, 1)]
    assert races("a read x; b read x") == []
    assert races("a write x; b write y") == []
    assert races("a write x; a read x") == []


def test_a_lock_orders_only_those_who_hold_the_same() -> None:
    same = "a acquire m; a write x; a unlock m; b acquire m; b write x; b unlock m"
    assert races(same) == []
    assert races(same.replace("b acquire m", "b acquire k")) == [("x", 1, 4)]


def test_readers_of_a_rwlock_are_not_ordered_with_each_other() -> None:
    text = "a acquire t read; a write x; a unlock t read; b acquire t read; b write x"
    assert races(text) == [("x", 1, 4)]
    assert races(text.replace("b acquire t read", "b acquire t write")) == []


def test_messages_creation_and_joins_carry_knowledge() -> None:
    assert races("a write x; a send c 1; b receive c 1; b read x") == []
    assert races("a send c 1; a write x; b receive c 1; b read x") == [("x", 1, 3)]
    assert races("a write x; a create b; b read x") == []
    assert races("a create b; a write x; b read x") == [("x", 1, 2)]
    assert races("b write x; b finish b; a join b; a read x") == []


def test_who_meets_at_a_channel_without_room_knows_what_the_other_did() -> None:
    text = "b write x; a send c 1; b receive c 1; a read x"
    assert races(text, c=0) == []
    assert races(text, c=1) == [("x", 0, 3)]
    assert races("a send c 1; b receive c 1; b write x; a read x", c=0) == [("x", 2, 3)]


def test_who_finds_room_in_a_channel_knows_who_made_it() -> None:
    """A channel with one place as a lock: a sends, works and receives; then b sends."""
    text = "a send c 1; a write x; a receive c 1; b send c 1; b write x; b receive c 1"
    assert races(text, c=1) == []
    assert races(text, c=2) == [("x", 1, 4)]


def test_the_body_and_its_async_tasks_follow_each_other() -> None:
    text = "body create task; body read x; body finish body; task take body loop; task write x"
    assert races(text) == []
    assert races(text.replace("take body loop", "take pool worker")) == [("x", 1, 4)]


def test_knowledge_is_passed_on() -> None:
    """c knows what a did because b knew it."""
    text = "a write x; a send c 1; b receive c 1; b send d 2; c receive d 2; c write x"
    assert races(text) == []


def test_what_a_race_decides_is_not_blamed_again() -> None:
    """The flag is raced for; the data behind it is then known."""
    assert races("a write data; a write flag; b read flag; b read data") == [("flag", 1, 2)]


def test_who_holds_and_who_waits() -> None:
    waits = Waits()
    for event in story("a acquire m; b acquire k; a block k lock; b block m lock"):
        waits.see(event)
    assert [hold.thread for hold in waits.holders_of("m")] == ["a"]
    assert waits.blockers("a") == ["b"]
    assert waits.cycle(["a", "b"]) == ["a", "b"]
    for event in story("b unlock k; a wake k; a acquire k"):
        waits.see(event)
    assert waits.blockers("a") == []
    assert waits.blockers("b") == ["a"]
    assert waits.cycle(["a", "b"]) == []


def test_a_lost_update_needs_a_write_in_between() -> None:
    def lost(text: str) -> list[tuple[int, int, int]]:
        updates = Updates()
        for event in story(text):
            updates.see(event)
        found = updates.found.values()
        return [(u.read.tick, u.overtaking.tick, u.write.tick) for u in found]

    assert lost("a read x 0; b read x 0; b write x 1; a write x 1") == [(0, 2, 3)]
    assert lost("a read x 0; a write x 1; b read x 1; b write x 2") == []
    assert lost("a read x 0; b write y 1; a write x 1") == []
