"""Names inside bodies: blocks, visibility across processes, and what is said when a name fails."""

from __future__ import annotations

from collections.abc import Iterator

from conclang.diagnostics.source import Span
from conclang.semantics.symbols import Kind, LocalData, Symbol
from conclang.semantics.types import Type
from conclang.semantics.world import BUILTINS, CROSSING, Entry, Space, World
from conclang.syntax import nodes as n

CELLS = (Kind.SHARED, Kind.ATOMIC)

# What people write who come from elsewhere.
FOREIGN_WORDS = {
    "True": "write `true`",
    "False": "write `false`",
    "None": "there is no empty value; use an integer such as -1, or a boolean",
    "null": "there is no empty value; use an integer such as -1, or a boolean",
    "nil": "there is no empty value; use an integer such as -1, or a boolean",
    "range": "a range is written `0..n`: `for i in 0..n { }`",
    "println": 'output is written `print "x = {x}"`',
    "printf": 'output is written `print "x = {x}"`',
    "format": 'values are put into the text itself: `print "x = {x}"`',
    "random": "a free choice is written `choose(0..n)` or `choose(a, b)`",
    "rand": "a free choice is written `choose(0..n)` or `choose(a, b)`",
    "make": "channels are declared at top level: `channel jobs(4)`",
    "Lock": "locks are declared at top level: `lock m`",
    "Mutex": "locks are declared at top level: `lock m`",
    "Thread": "threads are declared: `thread t { }`, or started: `spawn f()`",
    "time": "the current tick is `now`",
    "this": "the running thread is `self`",
    "sum": "add in a loop: `for v in a { total += v }`",
}


class Scopes:
    """Finds names for one body at a time."""

    def __init__(self, world: World, space: Space, owner: Symbol | None) -> None:
        self.world = world
        self.report = world.reporter.report
        self.space = space
        self.owner = owner
        self.scopes: list[dict[str, Entry]] = []
        self.missing: dict[str, int] = {}  # unknown names of this body: index of their report
        self.expected = ""  # how what is being looked for would be declared

    # --------------------------------------------------------------- finding

    def find_local(self, name: str) -> Entry | None:
        """The local variable that a name means here."""
        for scope in reversed(self.scopes):
            entry = scope.get(name)
            if entry is not None:
                return entry
        return None

    def lookup(self, node: n.NameExpression) -> Entry | None:
        """What a name means here; None after a report."""
        name = node.name
        entry = self.find_local(name) or self.space.names.get(name)
        if entry is None:
            entry = self.world.top.names.get(name) or self.world.builtins.get(name)
            if entry is None:
                self.unknown(node)
                return None
            if self.space is not self.world.top and entry.kind not in CROSSING:
                entry.used = True
                self.across(node.name, node.span, entry, None)
                return None
        entry.used = True
        if entry.symbol is not None:
            self.world.refs[node.id] = entry.symbol
        self.note_touch(entry, node.span)
        return entry

    def note_touch(self, entry: Entry, span: Span) -> None:
        """Remember that a function of the top level uses memory of `main`."""
        owner = self.owner
        if (
            entry.kind not in CROSSING
            and entry.kind is not Kind.LOCAL
            and self.space is self.world.top
            and owner is not None
            and owner.kind is Kind.FUNCTION
        ):
            self.world.touches.setdefault(owner.index, (entry, span))

    # ------------------------------------------------------------- complaints

    def unknown(self, node: n.NameExpression) -> None:
        """Say that nothing has this name."""
        name = node.name
        if name in self.missing:
            self.world.reporter.also(self.missing[name], node.span)
            return
        self.missing[name] = len(self.world.reporter.errors)
        elsewhere = self.world.inside(name)
        if elsewhere is not None:
            entry, process = elsewhere
            entry.used = True
            self.across(name, node.span, entry, process)
            return
        advice = FOREIGN_WORDS.get(name, "")
        if advice:
            self.report("CL0301", node.span, f"there is no `{name}` here", help=advice)
            return
        text = f"there is no `{name}` here"
        self.world.reporter.misspelt("CL0301", node.span, text, name, self.names(), self.hint(name))

    def hint(self, name: str) -> str:
        if self.expected:
            return f"declare it at top level: `{self.expected.format(name=name)}`"
        symbol = self.world.local_names.get(name)
        if symbol is not None:
            return f"a local `{name}` is known in its own block and thread only"
        return f"declare it: `shared {name} = 0` at top level, or `let {name} = …` before its use"

    def names(self) -> Iterator[str]:
        """Every name that could stand here."""
        for scope in self.scopes:
            yield from scope
        yield from self.world.visible_names(self.space)

    def across(self, name: str, span: Span, entry: Entry, process: Symbol | None) -> None:
        """Say that something belongs to another process."""
        owner = process.name if process else "main"
        at = ((entry.span, f"declared here, in process `{owner}`"),)
        if entry.kind in CELLS:
            text = f"`{name}` is memory of process `{owner}`, and processes share no memory"
            help = "send the value through a `channel` declared at top level"
        elif entry.kind in CROSSING:
            text = f"`{name}` is declared inside process `{owner}` and visible only there"
            help = "declare it at top level to use it from several processes"
        else:
            text = f"the {entry.kind} `{name}` is in the memory of process `{owner}`"
            help = "across processes use a `channel` or a `semaphore` declared at top level"
        note = "" if entry.kind in CELLS else "processes share no memory"
        self.report("CL0303", span, text, at=at, help=help, note=note)

    # -------------------------------------------------------------- declaring

    def declare(self, name: n.Name, kind: Type, origin: str) -> Symbol:
        """A new local variable in the innermost block; `_` can never be named again."""
        word = name.text
        entry = Entry(word, Kind.LOCAL, name.span, name)
        if word != "_":
            self.enter(name, entry, origin)
        symbol = self.world.symbol(
            entry, self.space.process, owner=self.owner, data=LocalData(origin)
        )
        self.world.refs[name.id] = symbol
        self.world.symbol_types[symbol.index] = kind
        if word != "_":
            self.world.local_names.setdefault(word, symbol)
            self.world.locals.append(entry)
        return symbol

    def enter(self, name: n.Name, entry: Entry, origin: str) -> None:
        """Make a name known in the innermost block."""
        scope = self.scopes[-1]
        first = scope.get(entry.name)
        if first is not None:
            self.again(name, first, origin)
        elif origin == "let":
            self.warn_hiding(name)
        scope[entry.name] = entry

    def again(self, name: n.Name, first: Entry, origin: str) -> None:
        help = f"to change it, write `{name.text} = …`" if origin == "let" else ""
        first.used = True
        self.report(
            "CL0302",
            name.span,
            f"`{name.text}` is declared twice in this block",
            at=((first.span, "first declared here"),),
            help=help,
        )

    def warn_hiding(self, name: n.Name) -> None:
        word = name.text
        outer = self.find_local(word) or self.space.names.get(word)
        if outer is None and self.space is not self.world.top:
            outer = None
        if outer is not None and (outer.kind is Kind.LOCAL or outer.kind in CELLS):
            what = "shared" if outer.kind in CELLS else "outer"
            self.report(
                "CW0303",
                name.span,
                f"this makes a new local `{word}`; the {what} one stays as it is",
                at=((outer.span, "the one that is hidden"),),
                help=f"to change that one, write `{word} = …` without `let`",
            )
        elif word in BUILTINS:
            text = f"`{word}` now means this variable, not the built-in `{word}`"
            self.report("CW0305", name.span, text)
