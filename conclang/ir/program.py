"""The program: what a machine can run, as data.

A `Program` is made once by `lowering` and never changed. It names every object of the scenario,
holds the code of all threads and functions as one list of micro-ops, and says nothing about how
a state is laid out: that is `machine.state`'s business.

Code
----
Every function and every thread body is a `Code`: an entry, a frame size, and the micro-ops in
`ops[entry:end]`. Threads made from one declaration (`thread p[i in 0..5]`) share their code; the
index is argument word 0. A body ends with END, a function with RETURN. A frame's slots are
parameters first, then locals, then temporaries. A visible micro-op never needs more than its
operands: addresses and values are computed by local micro-ops before it.

Order of evaluation is the language page's: left to right; `x += e` reads x before it evaluates e.

Liveness
--------
`live[pc]` is, for every micro-op at which a thread can be stopped between two steps, the sorted
slots of that frame whose values may still be read: at the visible ones and SLEEP/IO (the thread is
at that op), at the op after a BARRIER_WAIT (the thread sleeps there), and, under the pc of a CALL,
for a caller's frame while the call goes on (its result slots are not live then). Slots not in it
are dead: two states that differ only there have the same future.

An indivisible block runs from ATOMIC to the ATOMIC_END that its control flow meets; there may be
several (one per `break` or `return`), and blocks reached through calls may nest. PEEK stands in
predicates and where a failed assertion words its message.
"""

from __future__ import annotations

from conclang.ir.ops import OpKind
from conclang.ir.policy_spec import PolicySpec
from conclang.record import record


@record
class MicroOp:
    """One micro-op; roles of a..e are in the OPS table; unused operands are 0."""

    kind: OpKind
    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0
    e: int = 0
    site: int = 0  # index into Program.sites


@record
class Site:
    """A place in the scenario: what a micro-op came from. Lines and columns count from 1."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str  # the source of the smallest form, one line, shortened: "count += 1"


@record
class Shape:
    """The type of a value as words: how to show it and how wide it is.

    kind: "int" "bool" "str" "handle" "channel" "none" "tuple" "array"; items: parts of a tuple,
    or one item for an array of `count`.
    """

    kind: str
    items: tuple[Shape, ...] = ()
    count: int = 0

    @property
    def width(self) -> int:
        if self.kind == "none":
            return 0
        if self.kind == "tuple":
            return sum(item.width for item in self.items)
        if self.kind == "array":
            return self.items[0].width * self.count
        return 1


@record
class Code:
    """A thread's body or a function."""

    name: str
    entry: int
    end: int
    frame: int  # slots
    parameters: int  # argument words, the first slots
    result: Shape
    is_function: bool
    site: int
    slot_names: tuple[str, ...]  # name of a local variable's first word, "" for temporaries
    slot_shapes: tuple[Shape | None, ...]  # at a variable's first word, else None


@record
class Cell:
    """A shared or atomic variable: `count` words from `base` in the program's memory."""

    name: str  # qualified: "web.total"
    kind: str  # "shared" or "atomic"
    base: int
    shape: Shape  # an array shape for arrays
    initial: tuple[int, ...]
    process: str
    site: int


@record
class Thing:
    """One object of a kind other than a cell, e.g. `forks[2]`. Its number is its position in
    `Program.things[kind]`; arrays are consecutive."""

    kind: str  # lock rwlock semaphore condition barrier event channel device runtime section
    name: str  # "forks[2]", qualified
    process: str
    site: int
    amount: int = 0  # semaphore's value, barrier's parties, channel's capacity, device's width,
    #                  runtime's workers, lock's ceiling
    options: frozenset[str] = frozenset()  # recursive inherit ceiling prefer_writers hoare spurious
    message: Shape | None = None  # channel: what it carries
    policy: PolicySpec | None = None  # runtime


@record
class Attributes:
    """What a thread declares about itself; None = not said."""

    priority: int = 0
    arrival: int = 0
    on: int | None = None  # processor number
    pinned: int | None = None  # core number within the processor
    burst: int | None = None
    deadline: int | None = None
    period: int | None = None
    tickets: int | None = None
    nice: int = 0
    daemon: bool = False
    countable_work: int | None = None  # statically countable `work` of the body (sjf, srtf)


@record
class Thread:
    """A declared thread (one instance)."""

    name: str  # "p[3]", qualified with its process unless that is main
    code: int
    arguments: tuple[int, ...]
    process: str
    attributes: Attributes
    site: int
    group: str  # name of the declaration: instances of one declaration share it


@record
class Processor:
    name: str
    cores: int
    policy: PolicySpec
    switch_cost: int
    migration_cost: int
    costs: tuple[tuple[str, int], ...]  # (("read", 1), ("write", 1), ("sync", 1), ("local", 0))


@record
class Part:
    """A piece of a print template or of an assertion's message: text, or a value to show."""

    text: str
    operand: int = 0  # a value operand (role v), or first slot when the shape is wide
    shape: Shape | None = None  # None: plain text


@record
class Template:
    parts: tuple[Part, ...]


@record
class Arm:
    """An arm of a select. The bodies are ordinary code at `target`."""

    kind: str  # "receive" "send" "after" "default"
    channel: int = 0  # value operand
    value: int = 0  # send: first slot of the message; after: value operand; receive: slot or -1
    ok: int = -1  # receive: slot or -1
    words: int = 1  # width of the message
    target: int = 0
    site: int = 0


@record
class Select:
    arms: tuple[Arm, ...]


@record
class Expected:
    """One `expect` line, ready to be checked.

    form: always never reachable finally possible eventually leads_to outcomes at_most flaw error
    timed. `code` (and `code2` for `leads to`) are indices of `Program.codes` whose ops end in
    VERDICT; they read the state by PEEK only.
    """

    form: str
    text: str  # "expect possible count == 2", as `fmt` writes it
    site: int
    code: int = -1
    code2: int = -1
    shape: Shape | None = None  # outcomes: of the expression
    key: str = ""  # outcomes: the expression's text
    values: tuple[tuple[int, ...], ...] = ()  # outcomes: the words of each value
    limit: int = 0  # at most
    section: int = -1
    flaw: str = ""  # deadlock race leak lost_update atomicity starvation livelock
    forbidden: bool = False  # written with `no`
    target: tuple[str, int, int] | None = None  # (kind, first index or base, count): `race on x`
    target_name: str = ""
    pattern: str = ""  # error "text"
    timed: TimedExpr | None = None
    policy: PolicySpec | None = None  # timed ... under POLICY
    cores: int | None = None


@record
class TimedExpr:
    """An expression over metrics: ("number", "10.5"), ("metric", name, thread name or None),
    ("average", metric), and ("+", ...), ("<", ...), ("and", ...), chains as ("and", ...)."""

    operator: str
    operands: tuple[TimedExpr | str | None, ...]


@record
class Program:
    """Everything a machine needs; see the essay above."""

    scenario: str  # the title, or ""
    ops: tuple[MicroOp, ...]
    codes: tuple[Code, ...]
    live: dict[int, tuple[int, ...]]
    constants: tuple[int, ...]
    strings: tuple[str, ...]
    cells: tuple[Cell, ...]
    things: dict[str, tuple[Thing, ...]]  # by kind; every kind is present
    threads: tuple[Thread, ...]
    processors: tuple[Processor, ...]
    processes: tuple[str, ...]  # "main" first
    default_runtime: int  # index of the runtime of a plain `go` (added last), -1 if none is used
    templates: tuple[Template, ...]
    messages: tuple[Template, ...]  # of asserts
    selects: tuple[Select, ...]
    expectations: tuple[Expected, ...]
    sites: tuple[Site, ...]
    landmarks: tuple[int, ...]  # values `now` may take in `check`; empty if `now` is not used
    digest: str  # of the meaning: the same for files that differ only in layout and comments
    constants_by_name: tuple[tuple[str, int | bool | str], ...] = ()
