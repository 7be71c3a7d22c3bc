"""THE table of scheduling policies: names, arguments, ranges, defaults.

A `PolicySpec` is a checked policy as plain data: what `scheduler round_robin(quantum: 2)` means
once names, ranges and defaults have been seen to. The text wing makes specs from what a person
wrote, the machine wing makes policies from specs; the table below is all that both know.

Every argument of a policy's row is present in its spec, in the row's order, with the default where
nothing was written, so that two ways of writing the same policy give equal specs.
"""

from __future__ import annotations

from enum import StrEnum

from conclang.record import record

HUGE = 2**31 - 1  # upper end of ranges that have no natural one


class ArgumentKind(StrEnum):
    """What an argument's value is."""

    INT = "int"
    BOOL = "bool"
    INTS = "ints"  # a list of numbers
    POLICY = "policy"
    THREADS = "threads"  # a list of threads


@record
class ArgumentRule:
    """One argument of a policy. `default` None means "not given"."""

    name: str
    kind: ArgumentKind
    summary: str
    minimum: int = 0
    maximum: int = HUGE
    default: int | bool | tuple[int, ...] | None = None
    required: bool = False
    off: bool = False  # `off` and `never` may be written for "not given"
    shown: bool = False  # worth showing even if it is the default


@record
class PolicyRule:
    """One policy: the first argument may be written without its name."""

    name: str
    summary: str
    arguments: tuple[ArgumentRule, ...] = ()
    runtime: bool = False  # may a runtime (tasks on workers) use it too?
    needs_burst: bool = False  # threads must have a `burst` or countable work
    needs_period: bool = False
    draws: bool = False  # takes random numbers from the seed


@record
class PolicySpec:
    """A checked policy. A list of threads is given by names: `alice`, `web.worker[2]`."""

    name: str
    arguments: tuple[tuple[str, PolicyValue], ...] = ()

    def get(self, name: str) -> PolicyValue:
        """The value of an argument; None if it was not given and has no default."""
        for key, value in self.arguments:
            if key == name:
                return value
        return None

    def number(self, name: str, otherwise: int = 0) -> int:
        """A whole-number argument, or `otherwise` if it was not given."""
        value = self.get(name)
        return value if isinstance(value, int) else otherwise

    def __str__(self) -> str:
        rule = POLICIES.get(self.name)
        hidden = {a.name: a.default for a in rule.arguments if not a.shown} if rule else {}
        shown = [
            (key, value)
            for key, value in self.arguments
            if value is not None and (key not in hidden or value != hidden[key])
        ]
        if not shown:
            return self.name
        if self.name == "script":
            return f"script {_text(shown[0][1])}"
        if isinstance(shown[0][1], PolicySpec):
            return f"{self.name}({shown[0][1]})"
        return f"{self.name}({', '.join(f'{key}: {_text(value)}' for key, value in shown)})"


PolicyValue = int | bool | tuple[int, ...] | tuple[str, ...] | PolicySpec | None


def _text(value: PolicyValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ", ".join(str(item) for item in value) + "]"
    return str(value)


def _quantum(default: int | None, what: str, *, shown: bool = False) -> ArgumentRule:
    return ArgumentRule("quantum", ArgumentKind.INT, what, 1, default=default, shown=shown)


_SLICE = _quantum(1, "ticks between two decisions")

_ROWS = (
    PolicyRule("fifo", "first come, first served; nobody is interrupted", runtime=True),
    PolicyRule("sjf", "shortest job first; nobody is interrupted", needs_burst=True),
    PolicyRule("srtf", "shortest remaining time first, interrupting", needs_burst=True),
    PolicyRule(
        "round_robin",
        "everybody in turn, for at most a quantum",
        (_quantum(4, "ticks until the next thread's turn", shown=True),),
        runtime=True,
    ),
    PolicyRule(
        "priority",
        "the most important thread that is ready",
        (
            ArgumentRule("preemptive", ArgumentKind.BOOL, "interrupt a lesser one", default=True),
            ArgumentRule(
                "aging",
                ArgumentKind.INT,
                "ticks of waiting that add one to the priority",
                1,
                off=True,
            ),
        ),
    ),
    PolicyRule(
        "mlfq",
        "multi-level feedback queue: who computes long sinks",
        (
            ArgumentRule(
                "levels", ArgumentKind.INT, "number of queues", 1, 64, default=3, shown=True
            ),
            ArgumentRule("quanta", ArgumentKind.INTS, "ticks per level, top first", 1),
            ArgumentRule(
                "boost", ArgumentKind.INT, "ticks between lifting everybody to the top", 1, off=True
            ),
            ArgumentRule(
                "gaming",
                ArgumentKind.BOOL,
                "forget the used allotment when a thread blocks",
                default=False,
            ),
        ),
    ),
    PolicyRule("lottery", "a draw weighted by tickets", (_SLICE,), draws=True),
    PolicyRule("stride", "the draw's share without the luck: smallest pass next", (_SLICE,)),
    PolicyRule("cfs", "least virtual run time next, weighted by nice", (_SLICE,)),
    PolicyRule("eevdf", "earliest eligible virtual deadline first", (_SLICE,)),
    PolicyRule("edf", "earliest deadline first"),
    PolicyRule("rate_monotonic", "shortest period first", needs_period=True),
    PolicyRule("cooperative", "switches only at yield or when blocked", runtime=True),
    PolicyRule("random", "any ready thread, drawn anew at every tick", runtime=True, draws=True),
    PolicyRule(
        "pct",
        "random priorities with a few random changes (finds bugs of small depth)",
        (
            ArgumentRule(
                "depth", ArgumentKind.INT, "priority changes + 1", 1, 64, default=3, shown=True
            ),
        ),
        draws=True,
    ),
    PolicyRule(
        "partitioned",
        "one queue per core; a thread stays where it was put at arrival",
        (ArgumentRule("policy", ArgumentKind.POLICY, "of each queue", required=True),),
    ),
    PolicyRule(
        "work_stealing",
        "one queue per core; an idle core takes from another",
        (_quantum(None, "ticks until the next one's turn; absent: until it blocks"),),
        runtime=True,
    ),
    PolicyRule(
        "script",
        "exactly this order, one step or one tick of work per entry",
        (ArgumentRule("order", ArgumentKind.THREADS, "the threads in turn", required=True),),
    ),
)

POLICIES: dict[str, PolicyRule] = {row.name: row for row in _ROWS}

DEFAULT_LEVEL_QUANTUM = 4  # mlfq's top level, when no quanta are given; doubled at each level


def policy_spec(name: str, **given: PolicyValue) -> PolicySpec:
    """The spec of a policy with these arguments and defaults for the others; trusts its caller."""
    rule = POLICIES[name]
    values = {a.name: given.get(a.name, a.default) for a in rule.arguments}
    if name == "mlfq":
        _fill_levels(values, given)
    return PolicySpec(name, tuple(values.items()))


def _fill_levels(values: dict[str, PolicyValue], given: dict[str, PolicyValue]) -> None:
    quanta = values["quanta"]
    if isinstance(quanta, tuple):
        if given.get("levels") is None:
            values["levels"] = len(quanta)
        return
    levels = values["levels"]
    count = levels if isinstance(levels, int) else 1
    values["quanta"] = tuple(DEFAULT_LEVEL_QUANTUM * 2 ** min(i, 20) for i in range(count))


DEFAULT_POLICY = policy_spec("round_robin", quantum=4)
DEFAULT_RUNTIME_POLICY = policy_spec("work_stealing")
DEFAULT_CORES = 2
