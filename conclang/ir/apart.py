"""Local work as steps of its own: the program in which nothing is fused with the step before it.

A step is a visible micro-op and the local work after it. That is a reduction, the oldest there is:
local work touches nothing that others can see, so it commutes with all that they do, and may as
well come at once (L. Lamport, F. Schneider, "Pretending atomicity", 1989; P. Godefroid, "Model
checking for programming languages using VeriSoft", POPL 1997). Since it is built into what a step
is, it cannot be left out of a search. It can be left out of the program: `apart` puts a PAUSE, a
visible micro-op that does nothing, before each *piece* of local work. Machine and explorer take it
as the step that it then is.

A piece is what goes straight on within one statement: it begins where the statement, a branch or a
function begins, and after each visible micro-op and each call. Jumps, ends and returns alone are
no work, and what stands in an indivisible block stays in there.

Some local work is seen by others, or by the machine, and stays where it is:

* work that leads to `now`: the clock goes on for all;
* work that leads to where merely standing is noticed: at the write side of a rwlock that prefers
  writers; at an unbuffered channel if there is a `default`, or tasks, which give up their worker
  only if nobody stands there, or a question about endless schedules, since a partner who is always
  there makes somebody able to move *all the time*; at a semaphore, if there is a question about
  starvation, since its unit goes to who is waiting;
* loops that nothing leads out of: the machine knows that they go on for ever, while steps would
  count on and on.

Local work that fails (an error, an assertion) takes nothing away from what is found, but others may
come in between now: more is found besides it. See tests/properties/test_fusing.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from conclang.ir.liveness import live_slots
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Arm, Code, MicroOp, Program, Select
from conclang.record import replace

K = OpKind
NO_WORK = frozenset({K.JUMP, K.RETURN, K.END, K.ATOMIC_END, K.VERDICT})
DIVIDING = frozenset({K.CALL, K.ATOMIC_END})
CLOSING = "}"
"""A function that comes to its end without `return`: nothing is written there."""
ENDLESS = frozenset({"eventually", "leads_to", "starvation", "livelock"})
"""Forms and flaws of expectations about schedules that go on for ever."""
LEADING = frozenset({K.JUMP, K.SELECT})
TASKS = frozenset({K.GO, K.ASYNC})
STARTING = TASKS | {K.SPAWN}
MEETING = frozenset({K.SEND, K.RECEIVE, K.SELECT})
"""Where one stands for others to come."""


def is_apart(program: Program) -> bool:
    """Are there steps of local work?"""
    return any(op.kind == K.PAUSE for op in program.ops)


def apart(program: Program) -> Program:
    """The same program with its local work as steps; once is enough."""
    if is_apart(program):
        return program
    places = _Pieces(program).begins()
    moved: dict[int, int] = {}
    ops: list[MicroOp] = []
    for pc, op in enumerate(program.ops):
        moved[pc] = len(ops)
        ops += [MicroOp(K.PAUSE, site=op.site)] if pc in places else []
        ops.append(op)
    moved[len(program.ops)] = len(ops)
    ops = [_retargeted(op, moved) for op in ops]
    codes = tuple(_moved(code, moved) for code in program.codes)
    selects = tuple(Select(tuple(_led(arm, moved) for arm in s.arms)) for s in program.selects)
    spans = [(code.entry, code.end) for code in codes]
    live = live_slots(ops, spans, selects, (program.templates, program.messages))
    return replace(program, ops=tuple(ops), codes=codes, selects=selects, live=live)


def _retargeted(op: MicroOp, moved: dict[int, int]) -> MicroOp:
    roles = zip("abcde", OPS[op.kind].roles, strict=True)
    targets = {letter: moved[getattr(op, letter)] for letter, role in roles if role == "t"}
    return replace(op, **targets) if targets else op


def _moved(code: Code, moved: dict[int, int]) -> Code:
    return replace(code, entry=moved[code.entry], end=moved[code.end])


def _led(arm: Arm, moved: dict[int, int]) -> Arm:
    return replace(arm, target=moved[arm.target])


class _Pieces:
    """Where pieces of local work begin."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.back: dict[int, list[int]] = {}  # through calls and returns
        calls: dict[int, list[int]] = {}
        for pc, op in enumerate(program.ops):
            if op.kind == K.CALL:
                calls.setdefault(op.a, []).append(pc)
        for number, code in enumerate(program.codes):
            after = [call + 1 for call in calls.get(number, ())]
            for pc in range(code.entry, code.end):
                for there in after if program.ops[pc].kind == K.RETURN else self._after(pc):
                    self.back.setdefault(there, []).append(pc)

    def _after(self, pc: int) -> tuple[int, ...]:
        op = self.program.ops[pc]
        if op.kind == K.CALL:
            return (self.program.codes[op.a].entry,)
        if op.kind == K.BRANCH:
            return (op.b, op.c)
        if op.kind == K.SELECT:
            return tuple(arm.target for arm in self.program.selects[op.a].arms)
        return () if op.kind in (K.END, K.VERDICT) else (op.a if op.kind == K.JUMP else pc + 1,)

    def begins(self) -> set[int]:
        """All pieces that are steps when they are taken apart."""
        program = self.program
        led = {pc for pc in range(len(program.ops)) if self._is_led_to(pc)}
        staying = self._in_blocks() | self._leading_to(self._noticed()) | self._judging()
        found = self._leading_to(self._ways_out()) - staying
        return {
            pc
            for code in program.codes
            for pc in range(code.entry, code.end)
            if pc in found and self._is_work(pc) and (pc in led or self._begins(code, pc))
        }

    def _is_work(self, pc: int) -> bool:
        op = self.program.ops[pc]
        if OPS[op.kind].visible or op.kind in NO_WORK:
            return False
        return self.program.sites[op.site].text != CLOSING

    def _is_led_to(self, pc: int) -> bool:
        """By a jump or an arm, or by a branch of another statement."""
        ops = self.program.ops
        return any(
            ops[before].kind in LEADING
            or (ops[before].kind == K.BRANCH and (before >= pc or ops[before].site != ops[pc].site))
            for before in self.back.get(pc, ())
        )

    def _begins(self, code: Code, pc: int) -> bool:
        if pc == code.entry:
            return True
        here, before = self.program.ops[pc], self.program.ops[pc - 1]
        dividing = OPS[before.kind].visible or before.kind in DIVIDING
        return dividing or here.site != before.site

    # -- what stays -----------------------------------------------------------------------------

    def _leading_to(self, places: Iterable[int]) -> set[int]:
        """From where local work alone leads to one of these; they themselves included."""
        found = set(places)
        open_ = list(found)
        while open_:
            for pc in self.back.get(open_.pop(), ()):
                if pc not in found and not OPS[self.program.ops[pc].kind].visible:
                    found.add(pc)
                    open_.append(pc)
        return found

    def _ways_out(self) -> list[int]:
        """Steps and ends; what leads to none of them goes on for ever."""
        started = {op.b for op in self.program.ops if op.kind in STARTING}
        found = []
        for number, code in enumerate(self.program.codes):
            ends = {K.END, K.RETURN} if number in started else {K.END}
            for pc in range(code.entry, code.end):
                kind = self.program.ops[pc].kind
                if OPS[kind].visible or kind in ends:
                    found.append(pc)
        return found

    def _noticed(self) -> list[int]:
        """Micro-ops at which it matters when somebody comes to stand there."""
        program, kinds = self.program, {K.NOW}
        asked = {word for e in program.expectations for word in (e.form, e.flaw)}
        if any("prefer_writers" in rwlock.options for rwlock in program.things["rwlock"]):
            kinds.add(K.WRITE_ACQUIRE)
        if "starvation" in asked:
            kinds.add(K.DOWN)
        looking = any(arm.kind == "default" for select in program.selects for arm in select.arms)
        looking = looking or any(op.kind in TASKS for op in program.ops) or bool(asked & ENDLESS)
        if looking and any(channel.amount == 0 for channel in program.things["channel"]):
            kinds |= MEETING
        return [pc for pc, op in enumerate(program.ops) if op.kind in kinds]

    def _in_blocks(self) -> set[int]:
        """What indivisible blocks hold."""
        found: set[int] = set()
        for block, op in enumerate(self.program.ops):
            open_ = [block + 1] if op.kind == K.ATOMIC else []
            while open_:
                pc = open_.pop()
                kind = self.program.ops[pc].kind
                if pc in found or kind == K.ATOMIC_END:
                    continue
                found.add(pc)
                open_ += (pc + 1,) if kind == K.CALL else self._after(pc)
        return found

    def _judging(self) -> set[int]:
        """What expectations compute."""
        judged = [n for e in self.program.expectations for n in (e.code, e.code2) if n >= 0]
        seen, found = set(judged), set()
        for number in judged:
            code = self.program.codes[number]
            found |= set(range(code.entry, code.end))
            for op in self.program.ops[code.entry : code.end]:
                if op.kind == K.CALL and op.a not in seen:
                    seen.add(op.a)
                    judged.append(op.a)
        return found
