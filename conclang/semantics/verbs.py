"""THE table of operations on objects: which kinds each takes, and what to say about the others.

Every pair of an operation and a wrong kind has advice here or falls back on what the object is
for (`USES`), so that the person learns the right operation from the message.
"""

from __future__ import annotations

from conclang.record import record
from conclang.semantics.symbols import Kind


@record
class VerbRule:
    """One operation: its code, what it says, and the kinds that it takes."""

    code: str
    phrase: str  # how it is written
    kinds: tuple[Kind, ...]
    blocks: bool = False
    declaration: str = ""  # what to declare for it


_LOCK = "lock {name}"
_CHANNEL = "channel {name}"

VERBS: dict[str, VerbRule] = {
    "acquire": VerbRule("CL0501", "acquire", (Kind.LOCK, Kind.SEMAPHORE), True, _LOCK),
    "release": VerbRule("CL0502", "release", (Kind.LOCK, Kind.SEMAPHORE), False, _LOCK),
    "try_acquire": VerbRule("CL0503", "try_acquire", (Kind.LOCK, Kind.SEMAPHORE), False, _LOCK),
    "wait": VerbRule(
        "CL0504", "wait", (Kind.CONDITION, Kind.EVENT, Kind.BARRIER), True, "event {name}"
    ),
    "signal": VerbRule("CL0505", "signal", (Kind.CONDITION, Kind.EVENT), False, "event {name}"),
    "broadcast": VerbRule("CL0506", "broadcast", (Kind.CONDITION,), False, "condition {name}"),
    "reset": VerbRule("CL0507", "reset", (Kind.EVENT,), False, "event {name}"),
    "close": VerbRule("CL0508", "close", (Kind.CHANNEL,), False, _CHANNEL),
    "send": VerbRule("CL0509", "send", (Kind.CHANNEL,), True, _CHANNEL),
    "receive": VerbRule("CL0510", "receive", (Kind.CHANNEL,), True, _CHANNEL),
    "lock": VerbRule("CL0511", "lock", (Kind.LOCK,), True, _LOCK),
    "read": VerbRule("CL0512", "read", (Kind.RWLOCK,), True, "rwlock {name}"),
    "write": VerbRule("CL0512", "write", (Kind.RWLOCK,), True, "rwlock {name}"),
    "io": VerbRule("CL0513", "io … on", (Kind.DEVICE,), True, "device {name}"),
    "go": VerbRule("CL0514", "go … on", (Kind.RUNTIME,), False, "runtime {name} {{ workers 2 }}"),
}

# What each kind of object is for: the fallback advice.
USES: dict[Kind, str] = {
    Kind.CONSTANT: "`{name}` is a constant: it is only a value",
    Kind.SHARED: "`{name}` is a shared variable: read it by its name, write it with `{name} = …`",
    Kind.ATOMIC: "an atomic variable has `{name}.add(n)`, `{name}.swap(n)`, `{name}.cas(old, new)`",
    Kind.LOCK: "a lock is taken for a block with `lock {name} {{ … }}`",
    Kind.RWLOCK: "take one side of a rwlock: `read {name} {{ … }}` or `write {name} {{ … }}`",
    Kind.SEMAPHORE: "a semaphore is used with `acquire {name}` and `release {name}`",
    Kind.CONDITION: "a condition is used with `wait {name}`, `signal {name}`, `broadcast {name}`",
    Kind.BARRIER: "a barrier is used with `wait {name}` only: the last to arrive lets all go on",
    Kind.EVENT: "an event is used with `wait {name}`, `signal {name}` (sets it), `reset {name}`",
    Kind.CHANNEL: "a channel is used with `{name} <- value`, `<-{name}`, `close {name}`",
    Kind.DEVICE: "a device is used with `io 10 on {name}`",
    Kind.RUNTIME: "a runtime is used with `go f() on {name}`",
    Kind.PROCESSOR: "a processor is used in a thread's head: `thread t with on {name} {{ … }}`",
    Kind.PROCESS: "a process is a place for declarations; `expect` lines may name `{name}.x`",
    Kind.FUNCTION: "call it: `{name}(…)`, or start it: `spawn {name}(…)`",
    Kind.THREAD: "wait for the end of a thread with `join {name}`",
    Kind.SECTION: "a section is a region of code",
    Kind.LOCAL: "`{name}` is a local variable, a plain value",
    Kind.BUILTIN: "`{name}` is built in",
    Kind.METRIC: "`{name}` is a metric",
}

_SCOPED = "locks are taken for a block with `lock {name} {{ … }}`, or with `acquire {name}`"
_SIDES = "say which side: `{verb} read {name}` or `{verb} write {name}`"

_BY_INDEX = (
    "locks are no values: declare an array, `lock locks[4]`, pass an index, use `locks[{name}]`"
)

ADVICE: dict[tuple[str, Kind], str] = {
    ("acquire", Kind.LOCAL): _BY_INDEX,
    ("release", Kind.LOCAL): _BY_INDEX,
    ("lock", Kind.LOCAL): _BY_INDEX,
    ("acquire", Kind.RWLOCK): _SIDES,
    ("release", Kind.RWLOCK): _SIDES,
    ("try_acquire", Kind.RWLOCK): _SIDES,
    ("acquire", Kind.CHANNEL): "to take a message out, write `<-{name}`",
    ("acquire", Kind.EVENT): "to wait until the event is set, write `wait {name}`",
    ("acquire", Kind.BARRIER): "to wait for the others at a barrier, write `wait {name}`",
    ("acquire", Kind.CONDITION): "acquire the lock, then `wait {name}` inside it",
    ("acquire", Kind.DEVICE): "a device is asked with `io 10 on {name}`; it queues by itself",
    (
        "acquire",
        Kind.ATOMIC,
    ): "an atomic variable needs no lock; to build one use `{name}.cas(0, 1)`",
    ("acquire", Kind.SHARED): "a variable cannot be locked itself: declare `lock {name}_lock`",
    ("release", Kind.CHANNEL): "a channel holds nothing to give back; `close {name}` ends it",
    ("release", Kind.EVENT): "to let those go on who wait for the event, write `signal {name}`",
    ("release", Kind.CONDITION): "to wake a waiting thread, write `signal {name}`",
    ("release", Kind.BARRIER): "a barrier opens by itself when the last thread arrives",
    ("wait", Kind.LOCK): _SCOPED,
    ("wait", Kind.RWLOCK): "take a side of it: `read {name} {{ … }}` or `write {name} {{ … }}`",
    ("wait", Kind.SEMAPHORE): "waiting for a permit is `acquire {name}` (P, down)",
    ("wait", Kind.CHANNEL): "waiting for a message is `<-{name}`",
    ("wait", Kind.THREAD): "waiting for the end of a thread is `join {name}`",
    ("wait", Kind.DEVICE): "waiting for a device is `io 10 on {name}`",
    ("wait", Kind.SHARED): "to wait for a change use a `condition`, or an `event`",
    (
        "wait",
        Kind.ATOMIC,
    ): "to wait for a change use an `event`, or loop: `while {name} == 0 {{ }}`",
    ("wait", Kind.LOCAL): "for a thread write `join {name}`, for a task `await {name}`",
    ("wait", Kind.FUNCTION): "start it with `let t = spawn {name}(…)`, then `join t`",
    ("signal", Kind.SEMAPHORE): "giving a permit is `release {name}` (V, up)",
    ("signal", Kind.BARRIER): "a barrier opens by itself when the last thread has come to `wait`",
    ("signal", Kind.LOCK): "a lock is given up with `release {name}`, or at the end of its block",
    ("signal", Kind.CHANNEL): "to wake a receiver, send: `{name} <- true`, or `close {name}`",
    ("signal", Kind.THREAD): "threads are woken through a condition, an event or a channel",
    ("broadcast", Kind.EVENT): "`signal {name}` wakes everybody: an event stays set until `reset`",
    ("broadcast", Kind.SEMAPHORE): "`release {name}` gives one permit at a time",
    (
        "broadcast",
        Kind.BARRIER,
    ): "a barrier opens by itself when the last thread has come to `wait`",
    ("broadcast", Kind.CHANNEL): "`close {name}` is heard by all receivers",
    ("reset", Kind.BARRIER): "a barrier is ready again by itself after each round",
    ("reset", Kind.ATOMIC): "write `{name} = 0`",
    ("reset", Kind.SHARED): "write `{name} = 0`",
    ("close", Kind.LOCK): "a lock is given up with `release {name}`",
    ("close", Kind.EVENT): "an event is set with `signal {name}` and cleared with `reset {name}`",
    ("send", Kind.SHARED): "to change a variable write `{name} = …`",
    ("send", Kind.ATOMIC): "to change an atomic variable write `{name} = …`",
    ("send", Kind.LOCAL): "to change a variable write `{name} = …`; to compare, `{name} < -1`",
    ("send", Kind.THREAD): "threads have no inbox here: declare a `channel` and send to it",
    ("send", Kind.PROCESS): "processes talk through a `channel` declared at top level",
    ("receive", Kind.SHARED): "a variable is read by its name alone: `{name}`",
    ("receive", Kind.ATOMIC): "a variable is read by its name alone: `{name}`",
    ("receive", Kind.SEMAPHORE): "to take a permit write `acquire {name}`",
    ("receive", Kind.THREAD): "the end of a thread is waited for with `join {name}`",
    ("lock", Kind.SEMAPHORE): "write `acquire {name}` before and `release {name}` after",
    ("lock", Kind.RWLOCK): "say which side: `read {name} {{ … }}` or `write {name} {{ … }}`",
    ("lock", Kind.SHARED): "a variable cannot be locked itself: declare `lock {name}_lock`",
    ("lock", Kind.ATOMIC): "an atomic variable needs no lock; several steps at once need a `lock`",
    ("lock", Kind.CONDITION): "declare a lock beside the condition, and wait inside its block",
    ("read", Kind.LOCK): "a plain lock has no sides: `lock {name} {{ … }}`",
    ("write", Kind.LOCK): "a plain lock has no sides: `lock {name} {{ … }}`",
    ("read", Kind.SHARED): "a variable is read by its name alone: `{name}`",
    ("write", Kind.SHARED): "a variable is written with `{name} = …`",
    ("io", Kind.PROCESSOR): "`io` runs on a `device`; computing on a processor is `work`",
    ("go", Kind.PROCESSOR): "declare a `runtime`; its workers run on the processors",
    ("go", Kind.THREAD): "tasks run on the workers of a `runtime`",
}


def wrong_kind(verb: str, name: str, kind: Kind) -> tuple[str, str, str]:
    """Code, message and advice for an operation on an object of the wrong kind."""
    rule = VERBS[verb]
    code = rule.code
    if verb in ("acquire", "release", "try_acquire") and kind is Kind.RWLOCK:
        code = "CL0521"
    wanted = " or ".join(
        [", ".join(rule.kinds[:-1]), rule.kinds[-1]] if rule.kinds[1:] else rule.kinds
    )
    article = "an" if wanted[0] in "aeiou" else "a"
    an = "an" if kind[0] in "aeiou" else "a"
    message = f"`{rule.phrase}` takes {article} {wanted}, but `{name}` is {an} {kind}"
    advice = ADVICE.get((verb, kind)) or USES.get(kind, "")
    return code, message, advice.format(name=name, verb=verb)
