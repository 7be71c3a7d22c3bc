"""Which locks the program holds where it touches a variable: what could have ordered a race.

Per micro-op the locks that are certainly held there, by iteration to a fixed point over all ways
through the code, calls included (S. Savage et al., "Eraser", TOCS 15, 1997, ask the same of a run).
A `try` gives its lock only to the branch that asks for its answer at once. Of a lock with a
computed index only the array is known. A semaphore of one unit is taken and given back like a lock.

If most places that touch a variable hold one lock, that lock is meant to guard it, and the places
without it are the odd ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from conclang.explore.loops import followers
from conclang.explore.values import cell_of
from conclang.ir.ops import OpKind
from conclang.ir.program import MicroOp, Program
from conclang.record import record

Held = frozenset[str]
TAKING = {
    OpKind.ACQUIRE: ("lock", "{}"),
    OpKind.READ_ACQUIRE: ("rwlock", "{} (read)"),
    OpKind.WRITE_ACQUIRE: ("rwlock", "{} (write)"),
    OpKind.DOWN: ("semaphore", "{}"),
}
TRYING = {
    OpKind.TRY: ("lock", "{}"),
    OpKind.READ_TRY: ("rwlock", "{} (read)"),
    OpKind.WRITE_TRY: ("rwlock", "{} (write)"),
    OpKind.DOWN_TRY: ("semaphore", "{}"),
}
GIVING = {
    OpKind.RELEASE: ("lock", "{}"),
    OpKind.READ_RELEASE: ("rwlock", "{} (read)"),
    OpKind.WRITE_RELEASE: ("rwlock", "{} (write)"),
    OpKind.UP: ("semaphore", "{}"),
}
ACCESSES = frozenset({OpKind.READ, OpKind.WRITE})
SIDES = (" (read)", " (write)")


@record
class Habit:
    """A lock, and at which lines that touch a variable it is held and at which it is not."""

    lock: str
    kept: tuple[int, ...]
    broken: tuple[int, ...]


class Guarding:
    """The locks held over one program."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def held(self) -> dict[int, Held]:
        """Per micro-op that can be reached, the locks certainly held there."""
        program = self.program
        found: dict[int, Held] = {}
        called = {op.a for op in program.ops if op.kind == OpKind.CALL}
        started = [c for n, c in enumerate(program.codes) if n not in called]
        todo: list[tuple[int, Held]] = [(code.entry, frozenset()) for code in started]
        while todo:
            pc, held = todo.pop()
            here = found[pc] & held if pc in found else held
            if pc in found and here == found[pc]:
                continue
            found[pc] = here
            op = program.ops[pc]
            if op.kind == OpKind.CALL:
                todo.append((program.codes[op.a].entry, here))
            after, won = self._after(op, here), self._won(pc)
            for there in followers(program, pc):
                todo.append((there, after | won if there == op.b else after))
        return found

    def _won(self, pc: int) -> Held:
        """The lock that a branch on the `try` just before it holds where it was had."""
        ops = self.program.ops
        if ops[pc].kind != OpKind.BRANCH:
            return frozenset()
        at = pc - 1
        if ops[at].kind == OpKind.MOVE and ops[at].a == ops[pc].a:
            at -= 1
        op = ops[at]
        if op.kind not in TRYING or (op.kind == OpKind.DOWN_TRY and not self._is_single(op.b)):
            return frozenset()
        return frozenset({self._name(op.b, op, *TRYING[op.kind])})

    def _after(self, op: MicroOp, held: Held) -> Held:
        if op.kind in (OpKind.DOWN, OpKind.UP) and not self._is_single(op.a):
            return held
        if op.kind in TAKING:
            return held | {self._name(op.a, op, *TAKING[op.kind])}
        if op.kind in GIVING:
            gone = self._name(op.a, op, *GIVING[op.kind])
            return held - {gone}
        return held

    def _is_single(self, operand: int) -> bool:
        """Does a semaphore have one unit? With a computed index: do all of them?"""
        things = self.program.things["semaphore"]
        if operand < 0:
            index = self.program.constants[~operand]
            things = things[index : index + 1] if index >= 0 else things[:0]
        return all(thing.amount == 1 for thing in things)

    def _name(self, operand: int, op: MicroOp, kind: str, pattern: str) -> str:
        """A lock as it is written; with a computed index the array with the index's text."""
        if operand < 0:
            index = self.program.constants[~operand]
            things = self.program.things[kind]
            return pattern.format(things[index].name if 0 <= index < len(things) else kind)
        text = self.program.sites[op.site].text
        words = [word.strip("{}(),;") for word in text.replace("{", " ").split()]
        there = next((word for word in words if "[" in word), text)
        return pattern.format(there)

    def habit(self, variable: str) -> Habit | None:
        """The lock that most lines which touch a variable hold; None if no line holds any."""
        lines: dict[int, list[Held]] = defaultdict(list)
        for pc, held in self.held.items():
            op = self.program.ops[pc]
            if op.kind in ACCESSES and self._may_touch(op, variable):
                lines[self.program.sites[op.site].line].append(held)
        held_at = {line: frozenset.intersection(*sets) for line, sets in lines.items()}
        keeping: dict[str, list[int]] = defaultdict(list)
        for line in sorted(held_at):
            for lock in sorted(held_at[line]):
                keeping[_whole(lock)].append(line)
        if not keeping:
            return None
        lock = max(keeping, key=lambda name: (len(set(keeping[name])), name))
        kept = tuple(dict.fromkeys(keeping[lock]))
        return Habit(lock, kept, tuple(line for line in sorted(held_at) if line not in kept))

    def _may_touch(self, op: MicroOp, variable: str) -> bool:
        """Does a micro-op read or write an element of this variable?"""
        operand = op.b if op.kind == OpKind.READ else op.a
        if operand < 0:
            return cell_of(self.program, self.program.constants[~operand]).name == variable
        text = self.program.sites[op.site].text
        return f"{variable.rsplit('.', 1)[-1]}[" in text


def _whole(lock: str) -> str:
    """A rwlock without its side."""
    for side in SIDES:
        lock = lock.removesuffix(side)
    return lock


def habit_sentence(habit: Habit | None, variable: str) -> str:
    """`count is guarded by m at 3 of 4 places; line 12 is the odd one`; empty if there is none."""
    if habit is None or not habit.broken:
        return ""
    total = len(habit.kept) + len(habit.broken)
    told = f"{variable} is guarded by {habit.lock} at {len(habit.kept)} of {total} places"
    if len(habit.broken) == 1:
        return f"{told}; line {habit.broken[0]} is the odd one"
    return f"{told}; {_lines(habit.broken)} do without it"


def _lines(lines: Sequence[int]) -> str:
    told = [str(line) for line in lines]
    return f"lines {', '.join(told[:-1])} and {told[-1]}"
