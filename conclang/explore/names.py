"""What things in a state are called."""

from __future__ import annotations

from collections.abc import Sequence

from conclang.explore.deeds import Deeds
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program, Site

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STATUS, PC, FP = 0, 1, 2  # of a record, see machine.state
ASLEEP, AT_BARRIER, URGENT, SPINNING, FINISHED = 2, 3, 4, 5, 6


class Names:
    """Entities, objects and places of one program, read from states."""

    def __init__(self, program: Program, search: Any) -> None:
        self.program = program
        self.search = search
        self.machine = search.machine
        self.deeds = Deeds(program, self.machine)
        self._places: dict[str, list[int]] = {}

    def entity(self, words: Sequence[int], t: int) -> str:
        """`alice`, `p[3]`, or for a created one its function and number: `worker#2`."""
        threads = self.program.threads
        if t < len(threads):
            return threads[t].name
        code = self.code(words, t)
        earlier = sum(self.code(words, u) == code for u in range(len(threads), t))
        return f"{self.program.codes[code].name}#{earlier + 1}"

    def code(self, words: Sequence[int], t: int) -> int:
        """The code that an entity was started with."""
        if t < len(self.program.threads):
            return self.program.threads[t].code
        return int(words[self.search.record_of(t) + self.machine.at_code])

    def status(self, words: Sequence[int], t: int) -> int:
        return int(words[self.search.record_of(t) + STATUS])

    def pc(self, words: Sequence[int], t: int) -> int:
        """Where an entity stands."""
        return int(words[self.search.record_of(t) + PC])

    def site(self, pc: int) -> Site:
        """The place in the scenario that a micro-op came from."""
        return self.program.sites[self.program.ops[pc].site]

    def kind(self, pc: int) -> OpKind:
        return self.program.ops[pc].kind

    def thing(self, words: Sequence[int], t: int) -> tuple[str, int]:
        """(kind, index) of the object of an entity's next micro-op; ("", -1) if there is none."""
        target = OPS[self.kind(self.pc(words, t))].target
        if target in ("", "all", "output", "section"):
            return "", -1
        return target, self.search.thing_of(list(words), t)

    def object(self, kind: str, index: int) -> str:
        """An object's name."""
        if kind == "cell":
            from conclang.explore.values import cell_name

            return cell_name(self.program, index)
        if kind in self.program.things and 0 <= index < len(self.program.things[kind]):
            return self.program.things[kind][index].name
        return ""

    def object_at(self, words: Sequence[int], t: int) -> str:
        """The name of the object of an entity's next micro-op, "" if there is none."""
        kind, index = self.thing(words, t)
        if kind == "entity":
            return self.entity(words, index - 1) if 1 <= index <= words[0] else ""
        op = self.program.ops[self.pc(words, t)]
        if op.kind == OpKind.LEAVE:
            return self.object("section", op.a)
        return self.object(kind, index) if index >= 0 else ""

    def place(self, what: str, index: int) -> int:
        """Where a channel or section begins in a state (the machine's own table is for C)."""
        if not self._places:
            from conclang.machine.tables import flatten

            self._places = flatten(self.program, False).arrays
        return int(self._places[what][index])

    def memory(self, words: Sequence[int]) -> Sequence[int]:
        """The cells of a state."""
        return words[self.machine.cells : self.machine.locks]
