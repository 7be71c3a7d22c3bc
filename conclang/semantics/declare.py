"""Pass 3: a symbol for every declaration, with everything evaluated that its head says."""

from __future__ import annotations

from collections.abc import Callable

from conclang.diagnostics.counting import counted
from conclang.semantics.attributes import AttributeChecker, check_pinning
from conclang.semantics.collect import declared_twice
from conclang.semantics.constants import Evaluator, Known
from conclang.semantics.objects import object_data
from conclang.semantics.resolved import Signature
from conclang.semantics.symbols import (
    CellData,
    FunctionData,
    Kind,
    LocalData,
    Symbol,
    ThreadData,
)
from conclang.semantics.types import (
    BOOL,
    ERROR,
    INT,
    STR,
    ArrayType,
    ChannelType,
    Type,
    Unknown,
    describe,
)
from conclang.semantics.values import flatten
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.semantics.policies import PolicyChecker

MOST_WORDS = 1_000_000  # of memory, all cells together; likewise objects
MOST_THREADS = 100_000


class Declarer:
    """Makes the symbols of one space."""

    def __init__(self, world: World, space: Space) -> None:
        self.world = world
        self.space = space
        self.policies: PolicyChecker | None = None  # made for the first processor or runtime

    def declare(self, declaration: n.Declaration) -> None:
        """Make the symbol of one declaration, unless its name was taken."""
        handler = _HANDLERS.get(type(declaration))
        if handler is None:
            return
        name: n.Name = declaration.name  # type: ignore[attr-defined]
        entry = self.space.names.get(name.text)
        if entry is None or entry.node is not declaration:
            entry = Entry(name.text, Kind.ERROR, name.span, declaration)
            entry.used = True
        handler(self, entry, declaration)
        if entry.symbol is not None:
            self.world.refs[name.id] = entry.symbol

    # ---------------------------------------------------------------- sizes

    def size(self, node: n.Expression | None) -> int | None:
        """How many there are in an array; None for a single one, 1 after a report."""
        if node is None or isinstance(node, n.ErrorExpression):
            return None
        size = Evaluator(self.world, self.space, "the size of an array").integer(node)
        if size is None:
            return 1
        if 1 <= size <= MOST_WORDS:
            return self.room(node, size)
        text = f"an array cannot have {size} elements"
        help = "the smallest array has one element" if size < 1 else f"the most is {MOST_WORDS}"
        self.world.reporter.report("CL0605", node.span, text, help=help)
        return 1

    def room(self, node: n.Node, words: int) -> int:
        """Count memory; what goes beyond the limit is reported and made small."""
        if self.world.words + words > MOST_WORDS:
            text = f"the scenario needs more than {MOST_WORDS} words of memory"
            self.world.reporter.report("CL0615", node.span, text, label="here it is exceeded")
            return 1
        self.world.words += words
        return words

    # ---------------------------------------------------------------- cells

    def cell(self, entry: Entry, node: n.CellDeclaration) -> None:
        size = self.size(node.size)
        known = None
        if node.value is not None:
            what = f"the first value of the {entry.kind} `{entry.name}`"
            known = Evaluator(self.world, self.space, what).value(node.value)
        kind, words, size = self.filled(node, known, size)
        symbol = self.world.symbol(entry, self.space.process, size=size, data=CellData(words))
        self.world.symbol_types[symbol.index] = kind

    def filled(
        self, node: n.CellDeclaration, known: Known | None, size: int | None
    ) -> tuple[Type, tuple[int | bool | str, ...], int | None]:
        """The type of a cell, its words at the start, and how many elements it has."""
        error: Type = ERROR if size is None else ArrayType(ERROR, size)
        if known is None or node.value is None or not self.storable(node, known.type):
            return error, (0,) * (size or 1), size
        if isinstance(known.type, ArrayType):
            length = known.type.length
            if size not in (None, length):
                here = f"here {'is' if length == 1 else 'are'} {counted(length, 'value')}"
                has = counted(size or 1, "element")
                text = f"`{node.name.text}` has {has}, but {here}"
                self.world.reporter.report("CL0613", node.value.span, text)
            elif size is None:
                self.room(node, known.type.width)
            return known.type, flatten(known.value), length
        words = flatten(known.value)
        if size is None:
            return known.type, words, None
        return ArrayType(known.type, size), words * size, size

    def storable(self, node: n.CellDeclaration, kind: Type) -> bool:
        item = kind.item if isinstance(kind, ArrayType) else kind
        if item in (INT, BOOL, STR):
            return True
        span = node.value.span if node.value else node.span
        an = "an" if node.kind == "atomic" else "a"
        text = f"{an} {node.kind} variable cannot hold {describe(kind)}"
        help = "declare one variable for each part, or an array"
        if isinstance(item, ArrayType):
            help = "a table is one long array: `table[row * width + column]`"
        self.world.reporter.report("CL0614", span, text, help=help)
        return False

    # -------------------------------------------------------------- objects

    def object(self, entry: Entry, node: n.ObjectDeclaration) -> None:
        size = self.size(node.size)
        data = object_data(self.world, self.space, node)
        symbol = self.world.symbol(entry, self.space.process, size=size, data=data)
        if node.kind == "channel":
            kind: Type = ChannelType(Unknown())
            self.world.symbol_types[symbol.index] = kind if size is None else ArrayType(kind, size)

    def processor(self, entry: Entry, node: n.ProcessorDeclaration) -> None:
        entry.used = True
        from conclang.semantics.settings import processor_data

        data = processor_data(self.world, self.space, self._policies(), node)
        self.world.symbol(entry, self.space.process, data=data)

    def runtime(self, entry: Entry, node: n.RuntimeDeclaration) -> None:
        from conclang.semantics.settings import runtime_data

        size = self.size(node.size)
        data = runtime_data(self.world, self.space, self._policies(), node)
        self.world.symbol(entry, self.space.process, size=size, data=data)

    def _policies(self) -> PolicyChecker:
        from conclang.semantics.policies import PolicyChecker

        self.policies = self.policies or PolicyChecker(self.world, self.space)
        return self.policies

    def check_scripts(self) -> None:
        """Once all threads are known."""
        if self.policies is not None:
            from conclang.semantics.policies import check_scripts

            check_scripts(self.policies)

    # ------------------------------------------------------ functions, threads

    def function(self, entry: Entry, node: n.FunctionDeclaration) -> None:
        entries: list[Entry] = []
        seen: dict[str, Entry] = {}
        for name in node.parameters:
            parameter = Entry(name.text, Kind.LOCAL, name.span, name)
            if name.text in seen and name.text != "_":
                declared_twice(self.world, name.text, name.span, seen[name.text])
            seen.setdefault(name.text, parameter)
            entries.append(parameter)
        data = FunctionData(tuple([self.local(each, "parameter") for each in entries]))
        symbol = self.world.symbol(entry, self.space.process, data=data)
        kinds: tuple[Type, ...] = tuple([Unknown() for _ in entries])
        for local, kind in zip(data.parameters, kinds, strict=True):
            self.world.symbol_types[local.index] = kind
        self.world.signatures[symbol.index] = Signature(kinds, Unknown())
        self.world.bound[symbol.index] = entries

    def local(self, entry: Entry, origin: str) -> Symbol:
        symbol = self.world.symbol(entry, self.space.process, data=LocalData(origin))
        if isinstance(entry.node, n.Name):
            self.world.refs[entry.node.id] = symbol
        return symbol

    def thread(self, entry: Entry, node: n.ThreadDeclaration) -> None:
        entry.used = True
        index, bound = None, []
        first, end = self.range(node)
        if node.index is not None:
            index_entry = Entry(node.index.text, Kind.LOCAL, node.index.span, node.index)
            index_entry.used = True
            index = self.local(index_entry, "index")
            self.world.symbol_types[index.index] = INT
            bound = [index_entry]
        checker = AttributeChecker(self.world, self.space, node)
        shared, own = checker.all(index, range(first, end))
        data = ThreadData(index, first, end, shared, own)
        size = end - first if index else None
        symbol = self.world.symbol(entry, self.space.process, size=size, data=data)
        self.world.bound[symbol.index] = bound

    def range(self, node: n.ThreadDeclaration) -> tuple[int, int]:
        if node.range is None:
            self.world.threads += 1
            return 0, 1
        report = self.world.reporter.report
        evaluator = Evaluator(self.world, self.space, "the range of a thread family")
        first, end = evaluator.integer(node.range.start), evaluator.integer(node.range.end)
        if first is None or end is None:
            return 0, 1
        if end <= first:
            text = f"the range {first}..{end} is empty, so there is no thread"
            help = f"a range counts upwards and leaves out its end: `{end}..{first + 1}`"
            help = help if end < first else "the end must be larger than the start"
            report("CL0608", node.range.span, text, help=help)
            return first, first + 1
        self.world.threads += end - first
        if self.world.threads > MOST_THREADS:
            self.world.threads -= end - first
            text = f"the scenario has more than {MOST_THREADS} threads"
            report("CL0615", node.range.span, text, label="here it is exceeded")
            return first, first + 1
        return first, end


_HANDLERS: dict[type[n.Declaration], Callable[..., None]] = {
    n.CellDeclaration: Declarer.cell,
    n.ObjectDeclaration: Declarer.object,
    n.ProcessorDeclaration: Declarer.processor,
    n.RuntimeDeclaration: Declarer.runtime,
    n.FunctionDeclaration: Declarer.function,
    n.ThreadDeclaration: Declarer.thread,
}


def declare(world: World) -> None:
    """Make all symbols, in the order of the file, processors before the threads on them."""
    declarers = {id(space): Declarer(world, space) for space in world.every_space()}
    work: list[tuple[Declarer, n.Declaration]] = []
    for declaration in world.scenario.declarations:
        if isinstance(declaration, n.ProcessDeclaration):
            entry = world.top.names.get(declaration.name.text)
            if entry is not None and entry.node is declaration:
                inside = declarers[id(world.spaces[declaration.name.text])]
                work.extend((inside, inner) for inner in declaration.declarations)
        else:
            work.append((declarers[id(world.top)], declaration))
    for first in (True, False):
        for declarer, declaration in work:
            if isinstance(declaration, n.ProcessorDeclaration) is first:
                declarer.declare(declaration)
    for declarer in declarers.values():
        declarer.check_scripts()
    for symbol in list(world.symbols):
        if isinstance(symbol.data, ThreadData):
            data = symbol.data
            check_pinning(world, symbol, data.own_attributes or (data.shared_attributes,))
