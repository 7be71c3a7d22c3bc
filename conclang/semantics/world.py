"""What the passes of this room share while they work: name spaces and growing side tables.

An `Entry` is a name in a space while the analysis runs: its symbol (none until the declaration has
been evaluated), whether anybody used it. A `Space` is the names of the top level or of a process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from conclang.diagnostics.source import Span
from conclang.ir.policy_spec import PolicySpec
from conclang.semantics.report import Reporter
from conclang.semantics.resolved import Signature
from conclang.semantics.symbols import Data, Kind, Symbol, Value
from conclang.semantics.types import Type
from conclang.syntax.nodes import Node, Scenario

# What is declared at top level and may be used by the threads of every process: it is either no
# memory at all, or made for talking across the border.
CROSSING = frozenset(
    {
        Kind.CONSTANT,
        Kind.FUNCTION,
        Kind.CHANNEL,
        Kind.SEMAPHORE,
        Kind.DEVICE,
        Kind.RUNTIME,
        Kind.PROCESSOR,
        Kind.PROCESS,
        Kind.THREAD,
        Kind.BUILTIN,
        Kind.ERROR,
    }
)

BUILTINS = ("self", "now", "min", "max", "abs", "len", "choose")


class Entry:
    """A declared name."""

    __slots__ = ("kind", "name", "node", "span", "symbol", "used")

    def __init__(self, name: str, kind: Kind, span: Span, node: Node | None) -> None:
        self.name = name
        self.kind = kind
        self.span = span
        self.node = node
        self.symbol: Symbol | None = None
        self.used = False


class Space:
    """The names of a process, or of the top level (`process` None)."""

    __slots__ = ("names", "process", "sections")

    def __init__(self, process: Symbol | None) -> None:
        self.process = process
        self.names: dict[str, Entry] = {}
        self.sections: dict[str, Symbol] = {}


class World:
    """Everything known so far."""

    def __init__(self, scenario: Scenario, defines: Mapping[str, str | int]) -> None:
        self.scenario = scenario
        self.defines = defines
        self.reporter = Reporter()
        self.top = Space(None)
        self.spaces: dict[str, Space] = {}  # by name of process
        self.symbols: list[Symbol] = []
        self.refs: dict[int, Symbol] = {}
        self.types: dict[int, Type] = {}
        self.constants: dict[int, Value] = {}
        self.symbol_types: dict[int, Type] = {}
        self.signatures: dict[int, Signature] = {}
        self.policies: dict[int, PolicySpec] = {}
        self.bound: dict[int, list[Entry]] = {}  # parameters or index, by symbol of their owner
        self.local_names: dict[str, Symbol] = {}  # first local of each name, for expectations
        self.builtins: dict[str, Entry] = {}
        self.locals: list[Entry] = []  # those made in bodies
        self.touches: dict[int, tuple[Entry, Span]] = {}  # function → memory of main it uses
        self.calls: dict[int, list[int]] = {}  # function → its callers among the functions
        self.border_calls: list[tuple[Symbol, Span, Symbol]] = []  # callee, place, process
        self.deferred: list[tuple[Type, Callable[[], None]]] = []  # checks for the very end
        self.waits: list[Span] = []  # `wait c` of conditions
        self.locks_taken = False  # anywhere in the scenario
        self.broken = False  # is there text that did not parse?
        self._inside: dict[str, tuple[Entry, Symbol | None]] | None = None
        self.words = 0  # of memory asked for so far
        self.threads = 0
        for name in BUILTINS:
            entry = Entry(name, Kind.BUILTIN, Span(0, 0), None)
            entry.symbol = self.symbol(entry, None)
            self.builtins[name] = entry

    def symbol(
        self,
        entry: Entry,
        process: Symbol | None,
        *,
        owner: Symbol | None = None,
        size: int | None = None,
        data: Data = None,
    ) -> Symbol:
        """Make the symbol of an entry."""
        name = entry.name
        is_local = entry.kind is Kind.LOCAL
        qualified = f"{process.name}.{name}" if process and not is_local else name
        made = Symbol(
            len(self.symbols), entry.kind, name, qualified, entry.node, entry.span, process, owner,
            size, data,
        )  # fmt: skip
        self.symbols.append(made)
        entry.symbol = made
        return made

    def space_of(self, process: Symbol | None) -> Space:
        """The space of a process."""
        return self.spaces[process.name] if process else self.top

    def every_space(self) -> Iterator[Space]:
        """Top level first, then the processes in order."""
        yield self.top
        yield from self.spaces.values()

    def find(self, name: str, space: Space) -> Entry | None:
        """The entry a name has in a space, without regard to who may see it."""
        return space.names.get(name) or self.top.names.get(name) or self.builtins.get(name)

    def inside(self, name: str) -> tuple[Entry, Symbol | None] | None:
        """What the first process that declares a name means by it, and that process."""
        if self._inside is None:
            self._inside = {}
            for space in self.spaces.values():
                for entry in space.names.values():
                    if entry.kind is not Kind.ERROR:
                        self._inside.setdefault(entry.name, (entry, space.process))
        return self._inside.get(name)

    def visible_names(self, space: Space) -> Iterator[str]:
        """Every name a thread of a space may use."""
        yield from space.names
        if space is not self.top:
            yield from (n for n, e in self.top.names.items() if e.kind in CROSSING)
        yield from BUILTINS
