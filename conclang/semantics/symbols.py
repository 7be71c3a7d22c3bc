"""What a name stands for.

A `Symbol` is made once, when its declaration is reached, with everything about it that is known
from its declaration alone (evaluated: sizes, initial values, attributes). What follows from its
uses, such as types, is in the tables of `resolved`. Symbols compare by identity.
"""

from __future__ import annotations

from enum import StrEnum

from conclang.diagnostics.source import Span
from conclang.ir.policy_spec import PolicySpec
from conclang.record import record
from conclang.syntax.nodes import Node

Value = int | bool | str | tuple["Value", ...]  # a tuple stands for a tuple or an array


class Kind(StrEnum):
    """Kinds of symbol; the value is the word used in messages."""

    CONSTANT = "constant"
    SHARED = "shared variable"
    ATOMIC = "atomic variable"
    LOCK = "lock"
    RWLOCK = "rwlock"
    SEMAPHORE = "semaphore"
    CONDITION = "condition"
    BARRIER = "barrier"
    EVENT = "event"
    CHANNEL = "channel"
    DEVICE = "device"
    RUNTIME = "runtime"
    PROCESSOR = "processor"
    PROCESS = "process"
    FUNCTION = "function"
    THREAD = "thread"
    SECTION = "section"
    LOCAL = "local variable"
    BUILTIN = "built-in"
    METRIC = "metric"
    ERROR = "error"  # declared by text that did not parse or that was reported


@record(eq=False)
class Symbol:
    """One named thing."""

    index: int  # position in Resolved.symbols
    kind: Kind
    name: str
    qualified_name: str  # "web.total"; the bare name at top level and for locals
    node: Node | None  # the declaration; for locals the Name; None for what is predeclared
    span: Span  # of the name where it is introduced
    process: Symbol | None = None  # None = top level, that is, process `main`
    owner: Symbol | None = None  # of a local made in a body: its function or thread
    size: int | None = None  # of an array of objects or cells: how many; None = a single one
    data: Data = None


# ------------------------------------------------------------------ by kind


@record
class ConstantData:
    value: Value


@record
class CellData:
    """shared and atomic: the words at the start, flat (a filled array is written out)."""

    initial: tuple[int | bool | str, ...]


@record
class LockData:
    recursive: bool = False
    inherit: bool = False
    ceiling: int | None = None


@record
class RwLockData:
    prefer_writers: bool = False


@record
class SemaphoreData:
    initial: int


@record
class ConditionData:
    hoare: bool = False
    spurious: bool = False


@record
class BarrierData:
    parties: int


@record
class ChannelData:
    capacity: int


@record
class DeviceData:
    capacity: int


@record
class RuntimeData:
    workers: int | None  # None: one per core
    scheduler: PolicySpec


@record
class ProcessorData:
    cores: int
    policy: PolicySpec
    switch_cost: int = 0
    migration_cost: int = 0
    read: int = 1
    write: int = 1
    sync: int = 1
    local: int = 0


@record
class FunctionData:
    parameters: tuple[Symbol, ...]


@record
class ThreadAttributes:
    """What follows `with`, evaluated; None where nothing was written."""

    priority: int = 0
    arrival: int = 0
    on: Symbol | None = None
    pinned: int | None = None
    burst: int | None = None
    deadline: int | None = None
    period: int | None = None
    tickets: int | None = None
    nice: int = 0
    daemon: bool = False


@record
class ThreadData:
    """A thread, or the family first … end - 1 of them."""

    index: Symbol | None  # the local that each one's number is bound to
    first: int
    end: int
    shared_attributes: ThreadAttributes
    own_attributes: tuple[ThreadAttributes, ...] = ()  # only if they depend on the index

    def attributes(self, position: int = 0) -> ThreadAttributes:
        """Attributes of the thread at a position (0 = first) of the family."""
        return self.own_attributes[position] if self.own_attributes else self.shared_attributes

    def name(self, symbol: Symbol, position: int = 0) -> str:
        """`web.alice`, or `p[3]` in a family."""
        if self.index is None:
            return symbol.qualified_name
        return f"{symbol.qualified_name}[{self.first + position}]"


@record
class LocalData:
    """How a local came to be: "let", "for", "parameter", "index" or "receive"."""

    origin: str


Data = (
    ConstantData | CellData | LockData | RwLockData | SemaphoreData | ConditionData | BarrierData
    | ChannelData | DeviceData | RuntimeData | ProcessorData | FunctionData | ThreadData
    | LocalData | None
)  # fmt: skip
