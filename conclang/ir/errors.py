"""What can go wrong while a micro-op is executed: numbers for the machine, words for people.

The words are part of the language (language page, 4): `expect error "text"` looks for a text in
them. A `{}` takes the values the machine noted with the fault, in order.
"""

from __future__ import annotations

from conclang.record import record


@record
class Fault:
    """One row. A `limit` is no mistake of the scenario: the machine gives up, nothing is known."""

    name: str
    message: str
    limit: bool = False


FAULTS: tuple[Fault, ...] = (
    Fault("NONE", ""),
    Fault("NOT_HELD", "release of a lock not held"),
    Fault("SEND_CLOSED", "send on a closed channel"),
    Fault("CLOSE_CLOSED", "close of a closed channel"),
    Fault("INDEX", "index out of range: {} is not in 0..{}"),
    Fault("DIVISION", "division by zero"),
    Fault("OVERFLOW", "overflow: the result does not fit into 64 bits"),
    Fault("JOIN_SELF", "join of self"),
    Fault("NO_LOCK", "wait without the lock"),
    Fault("BLOCKING", "blocking inside atomic"),
    Fault("CALL_DEPTH", "call depth: more than {} calls inside each other"),
    Fault("NEGATIVE", "negative amount of time: {}"),
    Fault("EMPTY_CHOICE", "choose from an empty range: {}..{}"),
    Fault("NO_THREAD", "join of a handle that was never set"),
    Fault("ENDLESS", "a loop that runs on without any time passing"),
    Fault("ASSERTION", "assertion failed"),
    Fault("LONG_LOOP", "limit reached: a loop without a step ran {} micro-ops", limit=True),
    Fault("MANY_CHOICES", "limit reached: more than {} choices in one step", limit=True),
    Fault("NO_ROOM", "limit reached: no room for another thread", limit=True),
)
"""Fault code = position. 0 is no fault."""


def message(code: int, values: tuple[int, ...] = ()) -> str:
    """The sentence of a fault, filled with the values noted when it happened."""
    text = FAULTS[code].message
    holes = text.count("{}")
    return text.format(*values[:holes]) if len(values) >= holes else text.split(":")[0]
