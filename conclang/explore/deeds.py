"""What a step did beyond what its two states show, read from the machine's own log.

The states before and after say which lock is held and what a cell holds, but not which message went
over, which arm of a `select` was taken, or whether a `try_acquire` came in vain. So the step is
taken once more on a machine that notes what it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from conclang.explore.patience import listen
from conclang.explore.values import cell_name, cell_of, shown, text
from conclang.ir.ops import OpKind
from conclang.ir.program import Program, Shape
from conclang.machine.telling import NOTE_CHOOSE
from conclang.machine.telling import Names as Telling

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Record = list[int]
TRIES = {OpKind.TRY, OpKind.READ_TRY, OpKind.WRITE_TRY, OpKind.DOWN_TRY}
NOTED = TRIES | {
    OpKind.SEND,
    OpKind.RECEIVE,
    OpKind.SELECT,
    OpKind.CAS,
    OpKind.PRINT,
    OpKind.ATOMIC,
}
"""The micro-ops about which the log says more than the states."""
CHOICES = {OpKind.CHOOSE, OpKind.CHOOSE_RANGE}
MOST_WRITES = 3  # of an indivisible block that are told one by one
WROTE = {OpKind.WRITE, OpKind.STORE, OpKind.FETCH_ADD, OpKind.SWAP}


class Deeds:
    """Takes steps again and tells of them."""

    def __init__(self, program: Program, machine: Any) -> None:
        self.program = program
        self.machine = machine
        self.telling = Telling(program, lambda number: f"number {number}")
        self.chooses = any(op.kind in CHOICES for op in program.ops)

    def of(self, words: Sequence[int], t: int, branch: int) -> list[Record]:
        """The log of one step: its alternative and choices are counted as the search does."""
        from conclang.machine.world import World

        world = World(self.machine, words[0] + 1)
        world.boot()  # only words of a state can be set
        for index, word in enumerate(words):
            world.set_word(index, word)
        world.logging = True
        for way in range(world.options(t)):
            digits: tuple[int, ...] | None = ()
            while digits is not None:
                listen()
                trial = world.twin()
                trial.logging = True
                trial.take(t, way, digits)
                if not branch:
                    return trial.log
                branch -= 1
                digits = trial.next_digits()
        return []

    def beginning(self, number: int) -> list[Record]:
        """The log of what is done before the first step, in one of the initial states."""
        from conclang.machine.world import World

        world = World(self.machine)
        digits: tuple[int, ...] = ()
        for _ in range(number):
            listen()
            world.boot(digits)
            digits = world.next_digits() or ()
        world.logging = True
        world.boot(digits)
        return world.log

    def choices(self, log: Sequence[Record], t: int) -> str:
        """What the actor chose: `, chooses 2`, `, chooses option 1`."""
        chosen = []
        for record in log:
            if record[0] == NOTE_CHOOSE and record[1] == t:
                ranged = self.program.ops[record[2]].kind == OpKind.CHOOSE_RANGE
                chosen.append(str(record[4]) if ranged else f"option {record[3] + 1}")
        return f", chooses {' and '.join(chosen)}" if chosen else ""

    def partner(self, log: Sequence[Record]) -> int:
        """Who received what was sent in a joint step, -1 if nobody did."""
        if log and log[0][0] == OpKind.SEND and len(log[0]) > 4:
            return log[0][4]
        if log and log[0][0] == OpKind.SELECT and len(log[0]) > 6:
            arm = self.program.selects[self.program.ops[log[0][2]].a].arms[log[0][4]]
            return log[0][6] if arm.kind == "send" else -1
        return -1

    # -- the micro-ops -------------------------------------------------------------------------

    def told(self, kind: OpKind, thing: str, log: Sequence[Record]) -> str:
        """The step in words; "" if the log has nothing to say about it."""
        if kind not in NOTED or not log or log[0][0] != kind:
            return ""
        record = log[0]
        if kind in TRIES:
            return "" if record[4] else "in vain"
        if kind == OpKind.CAS:
            return self._cas(thing, record)
        if kind == OpKind.PRINT:
            template = self.program.templates[self.program.ops[record[2]].a]
            return f"prints {text(self.telling.fill(template, record[4:]))}"
        if kind == OpKind.ATOMIC:
            return self._block(log)
        if kind == OpKind.SELECT:
            return self._select(record)
        return self._passed(kind, record[3], record[4:])

    def _cas(self, thing: str, record: Record) -> str:
        if record[4]:
            return ""
        return f"compare-and-swap of {thing} in vain: it is {self._word(record[3], record[5])}"

    def _word(self, place: int, word: int) -> str:
        shape = cell_of(self.program, place).shape
        return text(shown(self.program, shape.items[0] if shape.kind == "array" else shape, [word]))

    def _block(self, log: Sequence[Record]) -> str:
        """The variables that a block has changed, each with its last value."""
        last: dict[int, int] = {}
        for record in log[1:]:
            if record[1] != log[0][1]:
                continue
            if record[0] == OpKind.ATOMIC_END:
                break
            if record[0] in WROTE:
                last[record[3]] = record[4]
        if not last or len(last) > MOST_WRITES:
            return ""
        told = [f"{cell_name(self.program, at)} = {self._word(at, w)}" for at, w in last.items()]
        return f"runs its atomic block: {', '.join(told)}"

    def _select(self, record: Record) -> str:
        arm = self.program.selects[self.program.ops[record[2]].a].arms[record[4]]
        if arm.kind in ("after", "default"):
            return f"takes the `{arm.kind}` of the select"
        if len(record) <= 6:
            return ""
        kind = OpKind.SEND if arm.kind == "send" else OpKind.RECEIVE
        return f"select: {self._passed(kind, record[5], record[6:])}"

    def _passed(self, kind: OpKind, channel: int, noted: Sequence[int]) -> str:
        """A message: `sends 7 on jobs`, `receives 7 from jobs`."""
        things = self.program.things["channel"]
        shape = things[channel].message if 0 <= channel < len(things) else None
        if shape is None or not noted:
            return ""
        name = things[channel].name
        if kind == OpKind.SEND:
            return f"sends {self._message(shape, noted[2:])} on {name}"
        if not noted[0]:
            return f"finds {name} closed and empty"
        return f"receives {self._message(shape, noted[1:])} from {name}"

    def _message(self, shape: Shape, words: Sequence[int]) -> str:
        if any(part in ("handle", "channel") for part in _kinds(shape)):
            return self.telling.show(shape, words)
        return text(shown(self.program, shape, words))


def _kinds(shape: Shape) -> list[str]:
    return [shape.kind, *(kind for item in shape.items for kind in _kinds(item))]
