"""What steps touch, and who could get in their way.

An object is touched in one of several *manners*, a letter each:

cell        r read        w write
lock        a acquire     g give back      t try
rwlock      r acquire (read)   s give back   t try;   w acquire (write)   x give back   y try
semaphore   d acquire     u give back      t try
event       w wait        s set            x reset
channel     s send        r receive        c close    l look whether nothing is there (`default`)
condition   k anything
entity      n start a new one

For each kind of micro-op the table says in which manner it touches its object, and which manners
of others get in its way: they could keep it from being taken, or taking it first could change what
they do. A lock that is given back is in nobody's way but of who *tries* it; the order of two
messages matters, that of a message sent and an older one received does not.

A manner of an object is a bit of a (long) number, a set of them such a number.
"""

from __future__ import annotations

from conclang.explore.footprint import Bounds, Walk
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program

MANNERS = {
    "cell": "rw",
    "lock": "agt",
    "rwlock": "rstwxy",
    "semaphore": "dut",
    "event": "wsx",
    "channel": "srcl",
    "condition": "k",
    "entity": "n",
}
TOUCHES: dict[OpKind, tuple[str, str, str]] = {
    OpKind.PEEK: ("cell", "r", "w"),
    OpKind.READ: ("cell", "r", "w"),
    OpKind.LOAD: ("cell", "r", "w"),
    OpKind.WRITE: ("cell", "w", "rw"),
    OpKind.STORE: ("cell", "w", "rw"),
    OpKind.FETCH_ADD: ("cell", "rw", "rw"),
    OpKind.SWAP: ("cell", "rw", "rw"),
    OpKind.CAS: ("cell", "rw", "rw"),
    OpKind.ACQUIRE: ("lock", "a", "at"),
    OpKind.RELEASE: ("lock", "g", "t"),
    OpKind.TRY: ("lock", "at", "agt"),
    OpKind.READ_ACQUIRE: ("rwlock", "r", "wy"),
    OpKind.READ_RELEASE: ("rwlock", "s", "y"),
    OpKind.READ_TRY: ("rwlock", "rt", "wxy"),
    OpKind.WRITE_ACQUIRE: ("rwlock", "w", "rtwy"),
    OpKind.WRITE_RELEASE: ("rwlock", "x", "ty"),
    OpKind.WRITE_TRY: ("rwlock", "wy", "rstwxy"),
    OpKind.DOWN: ("semaphore", "d", "dt"),
    OpKind.UP: ("semaphore", "u", "t"),
    OpKind.DOWN_TRY: ("semaphore", "dt", "dut"),
    OpKind.EVENT_WAIT: ("event", "w", "x"),
    OpKind.EVENT_SET: ("event", "s", "x"),
    OpKind.EVENT_RESET: ("event", "x", "ws"),
    OpKind.SEND: ("channel", "s", "scl"),
    OpKind.RECEIVE: ("channel", "r", "rl"),
    OpKind.CLOSE: ("channel", "c", "scl"),
}
"""Per kind of micro-op: the kind of object, the manners, whose manners are in its way."""

ALONE = frozenset({OpKind.JOIN, OpKind.AWAIT, OpKind.PRINT, OpKind.LEAVE, OpKind.PAUSE})
"""Once they can be done, nobody is in their way."""

WAITING = frozenset(
    OpKind[name]
    for name in "ACQUIRE READ_ACQUIRE WRITE_ACQUIRE DOWN EVENT_WAIT SEND RECEIVE".split()
)
"""What others may have to make possible: any manner of theirs matters to who stands there."""

CALLS = frozenset({OpKind.WAIT, OpKind.RETAKE, OpKind.SIGNAL, OpKind.BROADCAST})
WRITING = frozenset({k for k, (kind, how, _) in TOUCHES.items() if kind == "cell" and "w" in how})
PLACES = (OpKind.SEND, OpKind.RECEIVE, OpKind.SELECT, OpKind.WRITE_ACQUIRE)
LARGE_AMOUNT = 1 << 40


class Objects:
    """Which bit stands for which manner of which object."""

    def __init__(self, program: Program) -> None:
        self.count = {kind: len(program.things.get(kind, ())) for kind in MANNERS}
        self.count["cell"] = max((c.base + len(c.initial) for c in program.cells), default=0)
        self.count["entity"] = 1
        self.first: dict[tuple[str, str], int] = {}
        self.bits = 0
        for kind, letters in MANNERS.items():
            for letter in letters:
                self.first[kind, letter] = self.bits
                self.bits += self.count[kind]

    def touched(self, kind: str, letters: str, bounds: Bounds | None) -> int:
        """The bits of these manners of all objects within bounds."""
        low, high = bounds or (0, self.count[kind] - 1)
        low, high = max(low, 0), min(high, self.count[kind] - 1)
        width = max(high - low + 1, 0)
        run = ((1 << width) - 1) << low
        return sum(run << self.first[kind, letter] for letter in letters)


class Rules:
    """What the step at a micro-op of a walk touches, and what must not get in its way."""

    def __init__(
        self,
        program: Program,
        objects: Objects,
        watched: set[int] | None,
        through: frozenset[int],
    ) -> None:
        self.program = program
        self.objects = objects
        self.through = through
        self.watched = watched
        self.nameless = False  # then it does not matter who is started first
        things = program.things
        self.channels = objects.touched("channel", "l", None)
        self.unbuffered = {i for i, c in enumerate(things["channel"]) if c.amount == 0}
        self.hoare = any("hoare" in c.options for c in things["condition"])
        self.large = any(s.amount > LARGE_AMOUNT for s in things["semaphore"])
        self.prefers = {i for i, w in enumerate(things["rwlock"]) if "prefer_writers" in w.options}
        kinds = {arm.kind for select in program.selects for arm in select.arms}
        self.peeping = "default" in kinds and bool(self.unbuffered)
        self.counted = {e.section for e in program.expectations if e.form == "at_most"}

    def does(self, walk: Walk, pc: int) -> int:
        """What the micro-op touches, and in which manner."""
        op = self.program.ops[pc]
        if op.kind in TOUCHES:
            kind, manners, _ = TOUCHES[op.kind]
            return self.objects.touched(kind, manners, walk.object_of(pc))
        if op.kind in CALLS:
            locks = "ag" if op.kind in (OpKind.WAIT, OpKind.RETAKE) else ""
            called = self.objects.touched("condition", "k", walk.object_of(pc))
            return called | self.objects.touched("lock", locks, None)
        if op.kind == OpKind.SPAWN:
            return self._start()
        if op.kind == OpKind.SELECT:
            return self._select(walk, pc)
        return 0

    def _start(self) -> int:
        return 0 if self.nameless else self.objects.touched("entity", "n", None)

    def _select(self, walk: Walk, pc: int, manners: str = "") -> int:
        arms = self.program.selects[self.program.ops[pc].a].arms
        looks = "l" if any(arm.kind == "default" for arm in arms) else ""
        found = 0
        for arm in arms:
            if arm.kind in ("send", "receive"):
                bounds = walk.bounds(arm.channel, walk.slots[pc])
                found |= self.objects.touched("channel", manners or arm.kind[0] + looks, bounds)
        return found

    def needs(self, walk: Walk, pc: int, among: bool = False) -> int:
        """Whose manners get in the way of the step; -1: it is not taken alone.

        `among`: others may be taken with it; then it may be impossible for now, and whatever could
        make it possible is in the way as well.
        """
        op = self.program.ops[pc]
        if op.kind == OpKind.ATOMIC:
            return self._block(walk, pc)
        found = self._among(walk, pc) if among else self._needs(walk, pc)
        if found < 0 or not (self.peeping or self.prefers):
            return found
        return -1 if op.kind == OpKind.SPAWN else found | self._arrival(walk, pc)

    def _needs(self, walk: Walk, pc: int) -> int:
        op = self.program.ops[pc]
        if op.kind == OpKind.SPAWN:
            return self._start()
        if op.kind in ALONE:
            return -1 if op.kind == OpKind.LEAVE and op.a in self.counted else 0
        if op.kind not in TOUCHES:
            return -1
        kind, _, others = TOUCHES[op.kind]
        bounds = walk.object_of(pc)
        if (kind == "lock" and self.hoare) or (kind == "semaphore" and self.large):
            return -1
        if op.kind in (OpKind.SEND, OpKind.RECEIVE) and _within(bounds, self.unbuffered):
            return -1
        if op.kind in WRITING and (self.watched is None or _within(bounds, self.watched)):
            return -1
        return self.objects.touched(kind, others, bounds)

    def _among(self, walk: Walk, pc: int) -> int:
        op = self.program.ops[pc]
        if op.kind in (OpKind.JOIN, OpKind.AWAIT) or (op.kind in CALLS and self.hoare):
            return -1
        if op.kind == OpKind.SELECT:
            return self._select(walk, pc, MANNERS["channel"])
        if op.kind in CALLS:
            locks = {OpKind.WAIT: "t", OpKind.RETAKE: MANNERS["lock"]}.get(op.kind, "")
            called = self.objects.touched("condition", "k", walk.object_of(pc))
            return called | self.objects.touched("lock", locks, None)
        if op.kind not in WAITING:
            return self._needs(walk, pc)
        kind = TOUCHES[op.kind][0]
        if (kind == "lock" and self.hoare) or (kind == "semaphore" and self.large):
            return -1
        return self.objects.touched(kind, MANNERS[kind], walk.object_of(pc))

    def _block(self, walk: Walk, pc: int) -> int:
        """An indivisible block needs what its parts need."""
        if self.peeping or self.prefers:
            return -1
        found, seen, open_ = 0, {pc}, list(walk.after[pc])
        while open_:
            there = open_.pop()
            if there in seen:
                continue
            seen.add(there)
            op = self.program.ops[there]
            if OPS[op.kind].visible:
                more = self._needs(walk, there)
                if more < 0 or op.kind == OpKind.ATOMIC:
                    return -1
                found |= more
            if op.kind != OpKind.ATOMIC_END:
                open_ += walk.after[there]
        return found

    def _arrival(self, walk: Walk, pc: int) -> int:
        """What standing where the step may stop could get in the way of."""
        found, seen, open_ = 0, {pc}, list(walk.after[pc])
        while open_:
            there = open_.pop()
            if there in seen:
                continue
            seen.add(there)
            kind = self.program.ops[there].kind
            if kind == OpKind.WRITE_ACQUIRE and self.prefers:
                found |= self.objects.touched("rwlock", "rt", walk.object_of(there))
            elif kind in PLACES and self.peeping:
                found |= self.channels
            if not OPS[kind].visible or kind in self.through:
                open_ += walk.after[there]
        return found


def _within(bounds: Bounds | None, numbers: set[int]) -> bool:
    """May a number within bounds be one of these?"""
    if bounds is None:
        return bool(numbers)
    return any(bounds[0] <= number <= bounds[1] for number in numbers)
