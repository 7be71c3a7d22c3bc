"""What the search reports about states: kinds, and what the words of each mean.

END, STUCK, SPIN   nothing can happen any more; STUCK: except for spurious wake-ups; SPIN: except
                   that some thread goes round for ever. Words: per entity 0 unfinished, 1
                   finished, 2 spinning; then the cells
RACE               cell, the two pcs, the two entities
FAULT              fault code, pc, entity: what a step from here comes to (at the very start when
                   there is no state)
TRUTH              predicate, its value (-1: it failed), the fault
SECTION            which `at most` is exceeded
LOST               a lost update is two steps away: cell, pcs of the late and the overtaking write,
                   their entities
FAILED             the cells after a step that fails
"""

from __future__ import annotations

from conclang.ir.ops import OpKind
from conclang.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

END, STUCK, SPIN, RACE, FAULT, TRUTH, SECTION, FAILED, LOST = range(9)

ENDING = frozenset({END, STUCK, SPIN, FAILED})
"""Their words end in the cells."""

FIRST_LIMIT = 16
"""Faults from here on are limits of the machine, not mistakes of the scenario."""

SHORTENED = frozenset({RACE, FAULT, FAILED, TRUTH, SECTION, LOST})
"""What reductions may find later than it can be had: it is looked for again."""

AGAIN = 1_000_000
"""States that a second search may take, for what steps taken alone show too late."""


@record
class Report:
    """Something the search saw; `place` of None is before the first state."""

    kind: int
    words: tuple[int, ...]
    place: int | None
    entity: int
    depth: int
    origin: Any = None  # the search it comes from


@record
class SearchOptions:
    """What a search looks for, and what it may leave out."""

    predicates: tuple[int, ...] = ()  # codes
    sections: tuple[tuple[int, int], ...] = ()  # (section, limit)
    races: bool = True
    keep: bool = False  # edges, masks, actors and truths for the graph
    fusable: tuple[int, ...] = ()  # kinds of micro-ops taken together with the step before
    immediate: tuple[int, ...] = ()  # writes right after the read of the same cell they rest on
    preemptions: int = -1  # at most so many; -1: any number
    yields: tuple[tuple[int, int], ...] = ()  # (pc, next pc) of steps that pass a `yield`
    guards: tuple[int, ...] = ()  # per word of memory, see `reduce.guards`
    groups: tuple[tuple[int, int], ...] = ()  # interchangeable threads: first, last + 1
    alone: Any = None  # what is still to come, see `persistent.Footprints`
    nameless: int = 0  # have those who were started names? See started.py
    symmetry: Any = None  # a `symmetry.Symmetry`: states are replaced by their least images


def asserted(notes: list[list[int]]) -> tuple[int, ...]:
    """The words that a failed assertion shows, from the machine's log."""
    found = [note[4:] for note in notes if note[0] == int(OpKind.ASSERT)]
    return tuple(found[-1]) if found else ()


def merged(first: list[Report], more: list[Report], deeper: bool = False) -> list[Report]:
    """Both lists; what is in both is taken from the first (`deeper`: unless it lies deeper)."""
    depth = {(r.kind, *r.words): r.depth for r in more} if deeper else {}
    kept = [r for r in first if r.depth <= depth.get((r.kind, *r.words), r.depth)]
    known = {(r.kind, *r.words) for r in kept}
    return kept + [r for r in more if (r.kind, *r.words) not in known]
