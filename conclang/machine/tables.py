"""A program as flat tables: what `Machine` hands to C as arrays.

Everything is worked out once per program: where each kind of word lies in a state, how much stack
an entity can need, which slots are dead at each pause, from where a thread can never come back to
a visible micro-op. Words a program cannot use get no place (offset -1).
"""

from __future__ import annotations

from conclang.ir.ops import OPS, STRIDE, OpKind
from conclang.ir.program import Arm, Code, Program, Template
from conclang.machine.late_ends import can_end_late
from conclang.record import new, record

MAX_CALLS = 200
"""Calls inside each other that a recursive program may have open per entity."""

LARGEST = 1 << 27
"""Words of the largest state that is tried: one gibibyte."""

ARM_KINDS = {"receive": 0, "send": 1, "after": 2, "default": 3}
SPAWNING = frozenset({OpKind.SPAWN, OpKind.GO, OpKind.ASYNC})
_CALM = frozenset(
    OpKind[name]
    for name in "MOVE COPY NOT EQ NE LT LE MIN MAX JUMP BRANCH CHOOSE SELF NOW YIELD".split()
)


class TooLarge(ValueError):
    """One state of the program would not fit into reasonable memory."""


@record(frozen=False)
class Tables:
    """Numbers by name, arrays by name; `Machine` copies them into fields of the same names."""

    numbers: dict[str, int] = new(factory=dict)
    arrays: dict[str, list[int]] = new(factory=dict)


def flatten(program: Program, timed: bool, clear: bool = True) -> Tables:
    """All tables of a program; `clear`: dead slots become 0 (timed states are never compared)."""
    tables = Tables()
    used = {op.kind for op in program.ops}
    tables.numbers["timed"] = int(timed)
    _facts(program, used, timed, tables)
    _code(program, timed, tables)
    if timed or not clear:
        tables.arrays["dead_at"], tables.arrays["dead"] = [-1] * len(program.ops), [0]
    _objects(program, tables)
    _globals(program, used, tables)
    _records(program, used, tables)
    return tables


def _facts(program: Program, used: set[OpKind], timed: bool, tables: Tables) -> None:
    """What the program uses at all."""
    numbers = tables.numbers
    options = {kind: [thing.options for thing in things] for kind, things in program.things.items()}
    numbers["tasks"] = int(bool(used & {OpKind.GO, OpKind.ASYNC}))
    numbers["late_ends"] = int(not timed and can_end_late(program))
    numbers["loops"] = int(OpKind.ASYNC in used)
    numbers["dynamics"] = int(bool(used & SPAWNING))
    numbers["recursive"] = int(_call_depth(program) > MAX_CALLS)
    numbers["any_hoare"] = int(any("hoare" in o for o in options["condition"]))
    numbers["any_spurious"] = int(any("spurious" in o for o in options["condition"]))
    numbers["max_calls"] = MAX_CALLS
    numbers["threads"] = len(program.threads)
    numbers["lock_count"] = len(program.things["lock"])
    numbers["runtime_count"] = len(program.things["runtime"])
    numbers["rwlock_count"] = len(program.things["rwlock"])
    numbers["landmark_count"] = len(program.landmarks)
    numbers["messages"] = len(program.templates)


# -- code ----------------------------------------------------------------------------------------


def _code(program: Program, timed: bool, tables: Tables) -> None:
    arrays = tables.arrays
    flat: list[int] = []
    for op in program.ops:
        flat += [int(op.kind), op.a, op.b, op.c, op.d, op.e, op.site, 0]
    assert len(flat) == len(program.ops) * STRIDE
    arrays["code"] = flat
    arrays["constants"] = list(program.constants)
    arrays["frame"] = frames = [0] * len(program.ops)
    for code in program.codes:
        frames[code.entry : code.end] = [code.frame] * (code.end - code.entry)
    arrays["dead_at"], arrays["dead"] = _dead(program, frames)
    arrays["trapped"] = [0] * len(program.ops) if timed else _trapped(program, tables)
    arrays["object_role"] = [_object_role(kind) for kind in range(len(OPS))]
    arrays["object_limit"] = [_object_limit(program, kind) for kind in range(len(OPS))]
    arrays["code_entry"] = [code.entry for code in program.codes]
    arrays["code_frame"] = [code.frame for code in program.codes]
    arrays["code_parameters"] = [code.parameters for code in program.codes]
    arrays["code_result"] = [code.result.width for code in program.codes]


def _dead(program: Program, frames: list[int]) -> tuple[list[int], list[int]]:
    """Per pause: how many slots are dead there, and which."""
    starts, listing = [-1] * len(program.ops), [0]
    for pc in sorted(program.live):
        dead = sorted(set(range(frames[pc])) - set(program.live[pc]))
        starts[pc] = len(listing)
        listing += [len(dead), *dead]
    return starts, listing


def _object_role(kind: int) -> int:
    """Which operand names the object: 0..4, -1 if none does."""
    op = OPS[kind]
    if not op.visible or op.access in ("spawn", "") or op.target in ("all", "output"):
        return -1
    return 0 if op.name == "LEAVE" else op.roles.find("v")


def _object_limit(program: Program, kind: int) -> int:
    """How many objects there are of the kind a micro-op touches (handles are checked elsewhere)."""
    target = OPS[kind].target
    if target == "cell":
        return len(_memory(program))
    return len(program.things[target]) if target in program.things else 1 << 62


def _trapped(program: Program, tables: Tables) -> list[int]:
    """From where an entity can only ever go round: no visible micro-op, end, or error in reach.

    Computed backwards from all ways out. A loop that counts by a small constant stays trapped:
    it would overflow after billions of rounds only.
    """
    before: dict[int, list[int]] = {}
    trapped, tasks = [0] * len(program.ops), bool(tables.numbers["tasks"])
    for pc in range(len(program.ops)):
        if _is_calm(program, pc, tasks):
            trapped[pc] = 1
            for after in _followers(program, pc):
                before.setdefault(after, []).append(pc)
    open_ = [pc for out, those in before.items() if not trapped[out] for pc in those]
    while open_:
        pc = open_.pop()
        if trapped[pc]:
            trapped[pc] = 0
            open_ += before.get(pc, ())
    return trapped


def _is_calm(program: Program, pc: int, tasks: bool) -> bool:
    op = program.ops[pc]
    if op.kind in (OpKind.ADD, OpKind.SUB):
        parts = [program.constants[~x] for x in (op.b, op.c) if x < 0]
        return any(abs(part) < 1 << 31 for part in parts)
    if op.kind in (OpKind.WORK, OpKind.SLEEP, OpKind.IO):
        amount = program.constants[~op.a] if op.a < 0 else -1  # it may be negative, an error
        return amount >= 0 and (op.kind == OpKind.WORK or not tasks)
    return op.kind in _CALM


def _followers(program: Program, pc: int) -> tuple[int, ...]:
    op = program.ops[pc]
    if op.kind == OpKind.JUMP:
        return (op.a,)
    if op.kind == OpKind.BRANCH:
        return (op.b, op.c)
    return (pc + 1,)


# -- calls and stacks ----------------------------------------------------------------------------


def _callees(program: Program, code: Code) -> list[int]:
    ops = program.ops[code.entry : code.end]
    return sorted({op.a for op in ops if op.kind == OpKind.CALL})


def _call_order(program: Program) -> list[int] | None:
    """Codes with callees first; None if some calls go in a circle."""
    callees = [_callees(program, code) for code in program.codes]
    waiting = [len(c) for c in callees]
    callers: list[list[int]] = [[] for _ in callees]
    for number, called in enumerate(callees):
        for callee in called:
            callers[callee].append(number)
    order = [number for number, count in enumerate(waiting) if count == 0]
    for number in order:
        for caller in callers[number]:
            waiting[caller] -= 1
            if waiting[caller] == 0:
                order.append(caller)
    return order if len(order) == len(callees) else None


def _call_depth(program: Program) -> int:
    """The most calls that can be open inside each other; MAX_CALLS + 1 when there is no bound."""
    order = _call_order(program)
    if order is None:
        return MAX_CALLS + 1
    depth = [0] * len(program.codes)
    for number in order:
        depth[number] = max(
            (depth[c] + 1 for c in _callees(program, program.codes[number])), default=0
        )
    return max(depth, default=0)


def stack_needs(program: Program) -> list[int]:
    """Words of stack an entity that starts in each code can need at most."""
    frames = [code.frame for code in program.codes]
    order = _call_order(program)
    if order is None or _call_depth(program) > MAX_CALLS:
        deepest = MAX_CALLS * (1 + max(frames, default=0))
        needs = [
            f + (deepest if _callees(program, c) else 0)
            for f, c in zip(frames, program.codes, strict=True)
        ]
    else:
        needs = list(frames)
        for number in order:
            for callee in _callees(program, program.codes[number]):
                needs[number] = max(needs[number], frames[number] + 1 + needs[callee])
    return [max(n, c.result.width) for n, c in zip(needs, program.codes, strict=True)]


# -- objects -------------------------------------------------------------------------------------


def _objects(program: Program, tables: Tables) -> None:
    arrays, things = tables.arrays, program.things
    arrays["lock_recursive"] = [int("recursive" in t.options) for t in things["lock"]]
    arrays["rwlock_prefer"] = [int("prefer_writers" in t.options) for t in things["rwlock"]]
    arrays["hoare"] = [int("hoare" in t.options) for t in things["condition"]]
    arrays["spurious"] = [int("spurious" in t.options) for t in things["condition"]]
    arrays["parties"] = [t.amount for t in things["barrier"]]
    arrays["capacity"] = [t.amount for t in things["channel"]]
    arrays["width"] = [t.message.width if t.message else 1 for t in things["channel"]]
    arrays["landmarks"] = list(program.landmarks)
    arrays["select_at"], arrays["arms"] = [0], []
    for select in program.selects:
        for arm in select.arms:
            arrays["arms"] += _arm(arm)
        arrays["select_at"].append(len(arrays["arms"]))
    arrays["template_at"], arrays["operands"] = [0], []
    for template in (*program.templates, *program.messages):
        arrays["operands"] += _operands(template)
        arrays["template_at"].append(len(arrays["operands"]))


def _arm(arm: Arm) -> list[int]:
    return [ARM_KINDS[arm.kind], arm.channel, arm.value, arm.ok, arm.words, arm.target, arm.site, 0]


def _operands(template: Template) -> list[int]:
    """Pairs of operand and width, for the parts that show a value."""
    shown = [part for part in template.parts if part.shape is not None]
    return [word for part in shown if part.shape for word in (part.operand, part.shape.width)]


# -- layout --------------------------------------------------------------------------------------


class _Shelf:
    """Hands out consecutive words and remembers what they start with."""

    def __init__(self) -> None:
        self.words: list[int] = []

    def put(self, values: list[int], wanted: bool = True) -> int:
        """The place of these words; -1 if they are not wanted."""
        if not wanted:
            return -1
        if len(self.words) + len(values) > LARGEST:
            raise TooLarge("a state would need more than a gibibyte")
        self.words += values
        return len(self.words) - len(values)


def _globals(program: Program, used: set[OpKind], tables: Tables) -> None:
    """Places of everything outside of the entities' records."""
    numbers, arrays, things = tables.numbers, tables.arrays, program.things
    shelf, locks, rwlocks = _Shelf(), len(things["lock"]), len(things["rwlock"])
    shelf.put([len(program.threads)])
    numbers["now"] = shelf.put([0], bool(program.landmarks) and not numbers["timed"])
    numbers["cells"] = shelf.put(_memory(program))
    numbers["locks"] = shelf.put([0] * locks)
    numbers["depths"] = shelf.put([0] * locks, any(arrays["lock_recursive"]))
    numbers["ranks"] = shelf.put([0] * locks, OpKind.WAIT in used and locks > 1)
    numbers["rwlocks"] = shelf.put([0, 0] * rwlocks)
    numbers["semaphores"] = shelf.put([t.amount for t in things["semaphore"]])
    numbers["events"] = shelf.put([0] * len(things["event"]))
    numbers["barriers"] = shelf.put([0] * len(things["barrier"]))
    numbers["runtimes"] = shelf.put([t.amount for t in things["runtime"]])
    numbers["writers"] = shelf.put([0] * rwlocks, bool(numbers["timed"]))
    numbers["urgents"] = shelf.put([0] * locks, bool(numbers["timed"]))
    arrays["channel_at"] = []
    for capacity, width in zip(arrays["capacity"], arrays["width"], strict=True):
        if capacity * width > LARGEST:
            raise TooLarge("a channel's buffer would need more than a gibibyte")
        arrays["channel_at"].append(shelf.put([0] * (2 + capacity * width)))
    counted = {e.section for e in program.expectations if e.form == "at_most"}
    arrays["section_at"] = [shelf.put([0], n in counted) for n in range(len(things["section"]))]
    arrays["initial"] = shelf.words
    numbers["first"] = len(shelf.words)


def _memory(program: Program) -> list[int]:
    size = max((cell.base + len(cell.initial) for cell in program.cells), default=0)
    memory = [0] * size
    for cell in program.cells:
        memory[cell.base : cell.base + len(cell.initial)] = cell.initial
    return memory


def _records(program: Program, used: set[OpKind], tables: Tables) -> None:
    """Places inside a record, and of the records."""
    numbers, needs = tables.numbers, stack_needs(program)
    shelf = _Shelf()
    shelf.put([0, 0, 0])
    waits = OpKind.WAIT in used
    numbers["at_code"] = shelf.put([0], bool(numbers["dynamics"]))
    numbers["at_object"] = shelf.put([0], waits or OpKind.BARRIER_WAIT in used)
    numbers["at_lock"] = shelf.put([0], waits)
    numbers["at_depth"] = shelf.put([0], waits and numbers["depths"] >= 0)
    numbers["at_calls"] = shelf.put([0], bool(numbers["recursive"]))
    numbers["at_runtime"] = shelf.put([0], bool(numbers["tasks"]))
    numbers["at_worker"] = shelf.put([0], bool(numbers["tasks"]))
    numbers["at_loop"] = shelf.put([0], bool(numbers["loops"]))
    numbers["at_started"] = shelf.put([0], bool(numbers["loops"]))
    numbers["at_holder"] = shelf.put([0], bool(numbers["loops"]))
    numbers["at_rw"] = shelf.put([0] * numbers["rwlock_count"], numbers["rwlock_count"] > 0)
    numbers["at_arrived"] = shelf.put([0], bool(numbers["timed"]))
    numbers["stack"] = len(shelf.words)
    _places(program, needs, tables)


def _places(program: Program, needs: list[int], tables: Tables) -> None:
    numbers, arrays = tables.numbers, tables.arrays
    stack, place = numbers["stack"], numbers["first"]
    arrays["entity_at"], arrays["arguments_at"], arrays["arguments"] = [], [], []
    arrays["thread_code"] = [thread.code for thread in program.threads]
    for thread in program.threads:
        arrays["entity_at"].append(place)
        place += stack + needs[thread.code]
        arrays["arguments_at"].append(len(arrays["arguments"]))
        arrays["arguments"] += thread.arguments
    if place > LARGEST:
        raise TooLarge("a state would need more than a gibibyte")
    arrays["entity_at"].append(place)
    spawned = {op.b for op in program.ops if op.kind in SPAWNING}
    numbers["dynamic"] = place
    numbers["stride"] = stack + max((needs[code] for code in sorted(spawned)), default=0)
    judged = {c for e in program.expectations for c in (e.code, e.code2) if c >= 0}
    numbers["slack"] = max((needs[code] for code in sorted(judged)), default=0)
