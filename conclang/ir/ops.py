"""The micro-ops: what a core can do, each said once.

A program is a list of micro-ops; a **step** executes one *visible* micro-op of one thread and then
all *local* micro-ops up to the next visible one. This table is the only place that lists them: the
enum, the listing, the verifier, the machine's cost and footprint tables and the documentation are
made from it.

Operands
--------
A micro-op has a kind and up to five integers `a b c d e`. What each means is a role letter:

``-``  unused
``v``  a **value**: `x >= 0` is slot x of the running frame, `x < 0` is constant number `~x` of the
       program's constant pool. Object operands are values too: the index of the object within its
       kind, so `forks[i]` is an index computed into a slot, and a fixed `m` is a constant.
``s``  a slot that is written (`-1`: the result is dropped)
``w``  first slot of a run of slots that is read (several words); its length is a static fact
``n``  a plain number
``t``  a target: absolute index of a micro-op
``k``  an index into one of the program's side tables (named in the sentence)

Values are 64-bit words. Integers are themselves, booleans 0 and 1, strings their number in
`Program.strings`, handles the entity's index plus one, channels as values their channel index.
Tuples and arrays are runs of words.

Footprint is what the step touches, as (access, object kind): it decides races, dependence of
steps, and the waits between threads. Cost classes: read, write, sync, local (language page, 4).
"""

from __future__ import annotations

from enum import EnumType, IntEnum

from conclang.record import record


@record
class Op:
    """One row: everything that is true of a kind of micro-op."""

    name: str
    roles: str  # one letter per operand a..e
    visible: bool
    cost: str  # "read" "write" "sync" "local" or "" (never paid by itself)
    access: str  # "" or verb the footprint uses: read write rmw acquire release ...
    target: str  # kind of object operand touched: cell lock rwlock ... or ""
    sentence: str  # in words, {a}..{e} filled by the listing


def _local(name: str, roles: str, sentence: str) -> Op:
    return Op(name, roles, False, "", "", "", sentence)


def _visible(name: str, roles: str, cost: str, footprint: str, sentence: str) -> Op:
    access, _, target = footprint.partition(" ")
    return Op(name, roles, True, cost, access, target, sentence)


OPS: tuple[Op, ...] = (
    # -- local: values and control; free of interleaving
    _local("MOVE", "sv---", "{a} = {b}"),
    _local("COPY", "swn--", "copy {c} words from {b} to {a}"),
    _local("ADD", "svv--", "{a} = {b} + {c}"),
    _local("SUB", "svv--", "{a} = {b} - {c}"),
    _local("MUL", "svv--", "{a} = {b} * {c}"),
    _local("DIV", "svv--", "{a} = {b} / {c} (floor)"),
    _local("MOD", "svv--", "{a} = {b} % {c} (floor)"),
    _local("NEG", "sv---", "{a} = -{b}"),
    _local("NOT", "sv---", "{a} = not {b}"),
    _local("EQ", "svv--", "{a} = {b} == {c}"),
    _local("NE", "svv--", "{a} = {b} != {c}"),
    _local("LT", "svv--", "{a} = {b} < {c}"),
    _local("LE", "svv--", "{a} = {b} <= {c}"),
    _local("MIN", "svv--", "{a} = min({b}, {c})"),
    _local("MAX", "svv--", "{a} = max({b}, {c})"),
    _local("ABS", "sv---", "{a} = abs({b})"),
    _local("INDEX", "snvn-", "{a} = {b} + {c}, checked against size {d} (object index)"),
    _local("GET", "swvnn", "{a} = element {c} of the {d}-element local array at {b} ({e} words)"),
    _local("PUT", "swvnn", "element {c} of the {d}-element local array at {b} = {a} ({e} words)"),
    _local("JUMP", "t----", "go to {a}"),
    _local("BRANCH", "vtt--", "if {a} go to {b} else to {c}"),
    _local(
        "CALL", "kwnsn", "call function {a}, {c} argument words at {b}, {e} result words to {d}"
    ),
    _local("RETURN", "wn---", "return the {b} words at {a}"),
    _local("CHOOSE", "swn--", "{a} = any of the {c} words at {b}"),
    _local("CHOOSE_RANGE", "svv--", "{a} = any value in {b}..{c}"),
    _local("ASSERT", "vk---", "fail unless {a} (message {b})"),
    _local("ENTER", "n----", "enter section {a}"),
    _local("SELF", "s----", "{a} = handle of the running thread"),
    _local("NOW", "s----", "{a} = the current tick"),
    _local("CHECK_AMOUNT", "v----", "fail if {a} is negative"),
    _local("END", "-----", "the thread ends"),
    # -- predicates of expectations, and messages of failed asserts, read the state at once
    _local("PEEK", "sv---", "{a} = cell {b}, outside of any step"),
    _local("VERDICT", "wn---", "the value of the expectation is the {b} words at {a}"),
    # -- timed: local in `check`, except SLEEP and IO inside tasks
    Op("WORK", "v----", False, "work", "", "", "compute for {a} ticks"),
    Op("YIELD", "-----", False, "local", "", "", "give up the core"),
    Op("SLEEP", "v----", False, "local", "", "", "sleep for {a} ticks"),
    Op("IO", "vv---", False, "local", "", "", "I/O of {a} ticks on device {b}"),
    # -- shared and atomic memory
    _visible("READ", "sv---", "read", "read cell", "read {b} into {a}"),
    _visible("WRITE", "vv---", "write", "write cell", "write {b} to {a}"),
    _visible("LOAD", "sv---", "sync", "load cell", "atomic load of {b} into {a}"),
    _visible("STORE", "vv---", "sync", "store cell", "atomic store of {b} to {a}"),
    _visible(
        "FETCH_ADD", "svv--", "sync", "rmw cell", "atomic add of {c} to {b}, old value to {a}"
    ),
    _visible("SWAP", "svv--", "sync", "rmw cell", "atomic swap of {b} with {c}, old value to {a}"),
    _visible(
        "CAS", "svvv-", "sync", "rmw cell", "compare-and-swap of {b} from {c} to {d}, ok to {a}"
    ),
    # -- locks
    _visible("ACQUIRE", "v----", "sync", "acquire lock", "acquire lock {a}"),
    _visible("RELEASE", "v----", "sync", "release lock", "release lock {a}"),
    _visible("TRY", "sv---", "sync", "try lock", "try to acquire lock {b}, success to {a}"),
    _visible("READ_ACQUIRE", "v----", "sync", "read_acquire rwlock", "acquire {a} for reading"),
    _visible("READ_RELEASE", "v----", "sync", "read_release rwlock", "release {a} from reading"),
    _visible("READ_TRY", "sv---", "sync", "read_try rwlock", "try to acquire {b} for reading"),
    _visible("WRITE_ACQUIRE", "v----", "sync", "write_acquire rwlock", "acquire {a} for writing"),
    _visible("WRITE_RELEASE", "v----", "sync", "write_release rwlock", "release {a} from writing"),
    _visible("WRITE_TRY", "sv---", "sync", "write_try rwlock", "try to acquire {b} for writing"),
    _visible("DOWN", "v----", "sync", "down semaphore", "acquire semaphore {a}"),
    _visible("UP", "v----", "sync", "up semaphore", "release semaphore {a}"),
    _visible("DOWN_TRY", "sv---", "sync", "down_try semaphore", "try to acquire semaphore {b}"),
    # -- waiting for each other
    _visible("WAIT", "v----", "sync", "wait condition", "wait on condition {a}, give up the lock"),
    _visible("RETAKE", "v----", "sync", "retake condition", "retake the lock after waiting on {a}"),
    _visible("SIGNAL", "v----", "sync", "signal condition", "signal condition {a}"),
    _visible("BROADCAST", "v----", "sync", "signal condition", "wake all waiters of condition {a}"),
    _visible("EVENT_WAIT", "v----", "sync", "event_wait event", "wait for event {a}"),
    _visible("EVENT_SET", "v----", "sync", "event_set event", "set event {a}"),
    _visible("EVENT_RESET", "v----", "sync", "event_set event", "reset event {a}"),
    _visible("BARRIER_WAIT", "v----", "sync", "barrier barrier", "arrive at barrier {a}"),
    # -- channels
    _visible("SEND", "vwn--", "sync", "send channel", "send the {c} words at {b} on {a}"),
    _visible(
        "RECEIVE",
        "ssvn-",
        "sync",
        "receive channel",
        "receive {d} words from {c} into {a}, ok to {b}",
    ),
    _visible("CLOSE", "v----", "sync", "close channel", "close channel {a}"),
    _visible("SELECT", "k----", "sync", "select channel", "select {a}"),
    # -- threads and tasks
    _visible(
        "SPAWN",
        "skwn-",
        "sync",
        "spawn entity",
        "spawn function {b} with {d} words at {c}, handle to {a}",
    ),
    _visible(
        "GO", "skwnv", "sync", "spawn entity", "start task {b} with {d} words at {c} on runtime {e}"
    ),
    _visible(
        "ASYNC",
        "skwn-",
        "sync",
        "spawn entity",
        "start task {b} with {d} words at {c} on this loop",
    ),
    _visible(
        "JOIN",
        "svn--",
        "sync",
        "join entity",
        "wait for the end of {b}, its {c} result words to {a}",
    ),
    _visible("AWAIT", "svn--", "sync", "join entity", "await {b}, its {c} result words to {a}"),
    # -- the rest
    _visible("ATOMIC", "-----", "sync", "atomic all", "do everything up to ATOMIC_END as one step"),
    _local("ATOMIC_END", "-----", "end of the indivisible block"),
    _visible("LEAVE", "n----", "local", "leave section", "leave section {a}"),
    _visible("PRINT", "k----", "local", "print output", "print template {a}"),
    # -- only in programs that were taken apart (apart.py)
    _visible("PAUSE", "-----", "local", "", "what follows is a step of its own"),
)

TYPE_CHECKING = False
if TYPE_CHECKING:

    class _FromTable(EnumType):
        def __getattr__(cls, name: str) -> OpKind: ...

    class OpKind(IntEnum, metaclass=_FromTable):
        """The kinds of micro-ops, numbered as in the table."""
else:
    OpKind = IntEnum("OpKind", [(op.name, number) for number, op in enumerate(OPS)])

STRIDE = 8
"""Words per micro-op in the flat code: kind, a, b, c, d, e, site, unused."""
