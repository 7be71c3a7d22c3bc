"""Expressions in `expect` lines: they look at the whole memory from outside and change nothing.

Unlike a thread, an `expect` line belongs to no process: it sees the names of the place where it
stands and of the top level, and every process's as `web.total`. It cannot see locals, which exist
only while their thread is in their block, and it cannot act: nothing runs while it is looked at.
"""

from __future__ import annotations

from conclang.ir.metrics import AGGREGATES, SYSTEM, THREAD
from conclang.semantics.constants import BUILTIN_ARITY
from conclang.semantics.expressions import Expressions
from conclang.semantics.operands import plain
from conclang.semantics.symbols import ConstantData, Kind, Symbol
from conclang.semantics.types import BOOL, ERROR, Type
from conclang.semantics.unify import prune, unify
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n
from conclang.syntax.emit import flat

CELLS = (Kind.SHARED, Kind.ATOMIC)
MEMORY = "expectations look at shared and atomic variables"

# What a person may have wanted to know of an object, and how it is said.
_INSTEAD: dict[Kind, str] = {
    Kind.SEMAPHORE: "keep a shared variable beside it, such as `free`, and look at that",
    Kind.CHANNEL: "count what is sent in a shared or atomic variable, and look at that",
    Kind.LOCK: "to say that only one thread is inside: `section inside { … }` in the threads, and "
    "`expect at most 1 in inside`",
    Kind.RWLOCK: "put the region into `section inside { … }`, and write "
    "`expect at most 1 in inside`",
    Kind.EVENT: "set a shared variable where the event is signalled, and look at that",
    Kind.PROCESS: "say which of its variables: `{name}.x`",
    Kind.FUNCTION: "write out the condition, or keep the result in a shared variable",
    Kind.THREAD: "set a shared variable at the end of the thread; that everybody ends is "
    "`expect no deadlock`",
}

_ACTS: dict[type[n.Expression], str] = {
    n.ReceiveExpression: "`<-` takes a message",
    n.AwaitExpression: "`await` waits",
    n.JoinExpression: "`join` waits",
    n.TryAcquireExpression: "`try_acquire` may take a lock",
    n.SpawnExpression: "`{node.verb}` starts something",
    n.ChooseExpression: "`choose` makes a choice",
}


class Observer(Expressions):
    """Infers the types of what an `expect` line looks at."""

    def __init__(self, world: World, space: Space) -> None:
        super().__init__(world, space, None)

    # ------------------------------------------------------------------- names

    def lookup(self, node: n.NameExpression) -> Entry | None:
        """What a name means; None after a report."""
        name = node.name
        entry = (
            self.space.names.get(name)
            or self.world.top.names.get(name)
            or self.world.builtins.get(name)
        )
        if entry is None:
            self.unknown(node)
            return None
        entry.used = True
        if entry.symbol is not None:
            self.world.refs[node.id] = entry.symbol
        return entry

    def unknown(self, node: n.NameExpression) -> None:
        """Say why a name is not known here."""
        name = node.name
        local = self.world.local_names.get(name) or self.bound(name)
        if self.elsewhere(node):
            return
        if local is not None:
            self.local(node, local)
        elif name in SYSTEM or name in THREAD or name in AGGREGATES:
            self.metric(node)
        else:
            text = f"there is no variable `{name}` here"
            help = f"{MEMORY}: declare it with `shared {name} = 0`"
            self.world.reporter.misspelt("CL0301", node.span, text, name, self.variables(), help)

    def elsewhere(self, node: n.NameExpression) -> bool:
        """Answer with `web.total` if a process has the name."""
        for word, space in self.world.spaces.items():
            entry = space.names.get(node.name)
            if entry is None or entry.kind is Kind.ERROR:
                continue
            entry.used = True
            text = f"`{node.name}` is declared inside process `{word}`"
            help = f"write `{word}.{node.name}`"
            at = ((entry.span, "declared here"),)
            self.report("CL0808", node.span, text, at=at, help=help)
            return True
        return False

    def bound(self, name: str) -> Symbol | None:
        """The parameter or index of a family that has a name."""
        for entries in self.world.bound.values():
            for entry in entries:
                if entry.name == name:
                    return entry.symbol
        return None

    def local(self, node: n.NameExpression, symbol: Symbol) -> None:
        name = node.name
        owner = symbol.owner
        whose = f" of `{owner.name}`" if owner is not None else ""
        text = f"`{name}` is a local variable{whose}, which an `expect` line cannot see"
        help = f"declare `shared {name} = 0` at top level and let the thread write it"
        note = "a local exists only while its thread is inside its block"
        at = ((symbol.span, "the local variable"),)
        self.report("CL0801", node.span, text, at=at, help=help, note=note)

    def metric(self, node: n.NameExpression) -> None:
        text = f"`{node.name}` is a metric of the timed run, not a variable"
        help = f"write `expect timed {node.name} == …`"
        if node.name in THREAD:
            help = f"write `expect timed {node.name}(t) == …` with the name of a thread"
        elif node.name in AGGREGATES:
            help = f"write `expect timed {node.name}(turnaround) == …`"
        self.report("CL0811", node.span, text, help=help)

    def variables(self) -> list[str]:
        """Every name that could stand here."""
        found = []
        for space in (self.space, self.world.top):
            found += [e.name for e in space.names.values() if e.kind in (*CELLS, Kind.CONSTANT)]
        for word, space in self.world.spaces.items():
            found += [f"{word}.{e.name}" for e in space.names.values() if e.kind in CELLS]
        return found

    def name(self, node: n.NameExpression) -> Type:
        entry = self.lookup(node)
        return ERROR if entry is None else self.looked_at(node, entry)

    def looked_at(self, node: n.NameExpression | n.FieldExpression, entry: Entry) -> Type:
        """The type of what a name or `web.total` stands for."""
        symbol = entry.symbol
        if symbol is None or entry.kind is Kind.ERROR:
            return ERROR
        if entry.kind in CELLS or type(symbol.data) is ConstantData:
            if type(symbol.data) is ConstantData:
                self.constants[node.id] = symbol.data.value
            return self.symbol_types.get(symbol.index, ERROR)
        if entry.kind is not Kind.CONSTANT:
            self.no_memory(node, entry)
        return ERROR

    def no_memory(self, node: n.NameExpression | n.FieldExpression, entry: Entry) -> None:
        if entry.kind is Kind.BUILTIN:
            text = f"`{entry.name}` means nothing in an `expect` line: no thread is running it"
            if entry.name in BUILTIN_ARITY:
                text = f"`{entry.name}` is a function: write `{entry.name}(…)`"
            self.report("CL0803", node.span, text)
            return
        an = "an" if entry.kind[0] in "aeiou" else "a"
        text = f"`{entry.name}` is {an} {entry.kind}, and {MEMORY}"
        help = _INSTEAD.get(entry.kind, "").replace("{name}", entry.name)
        self.report("CL0803", node.span, text, at=self.declared(entry), help=help)

    def field(self, node: n.FieldExpression) -> Type:
        """`web.total`."""
        entry = self.member(node)
        if entry is not None:
            return self.looked_at(node, entry)
        return ERROR

    def member(self, node: n.FieldExpression) -> Entry | None:
        """What `web.total` names; None after a report."""
        base, word = plain(node.base), node.name.text
        if not isinstance(base, n.NameExpression):
            if self.expr(node.base) is not ERROR:
                self.report("CL0526", node.name.span, f"there is no `.{word}` of this")
            return None
        space = self.world.spaces.get(base.name)
        if space is None:
            owner = self.peek(base)
            if owner is None:
                text = f"there is no process `{base.name}`"
                spaces = self.world.spaces
                self.world.reporter.misspelt("CL0301", base.span, text, base.name, spaces)
            elif owner.kind is not Kind.ERROR:
                owner.used = True
                self.no_field(node, owner)
            return None
        self.lookup(base)
        entry = space.names.get(word)
        if entry is None:
            text = f"process `{base.name}` declares no `{word}`"
            self.world.reporter.misspelt("CL0304", node.name.span, text, word, space.names)
            return None
        entry.used = True
        if entry.symbol is not None:
            self.world.refs[node.id] = entry.symbol
        return entry

    # ------------------------------------------------------- what cannot be done

    def acts(self, node: n.Expression) -> Type:
        """`<-ch`, `choose(…)`, `try_acquire m` …"""
        what = _ACTS[type(node)].format(node=node)
        text = f"{what}, and an `expect` line only looks"
        help = f"{MEMORY}: let a thread do it and keep the result in one"
        self.report("CL0802", node.span, text, help=help)
        return ERROR

    def call(self, node: n.CallExpression) -> Type:
        callee = plain(node.callee)
        if isinstance(callee, n.FieldExpression):
            return self.method_call(node, callee)
        if not isinstance(callee, n.NameExpression):
            return super().call(node)
        entry = self.peek(callee)
        if entry is None and (callee.name in THREAD or callee.name in AGGREGATES):
            self.metric(callee)
        elif entry is not None and entry.kind is Kind.FUNCTION:
            self.lookup(callee)
            text = f"this calls `{callee.name}`, and nothing runs while an `expect` line looks"
            help = "write the condition out, or keep the function's result in a shared variable"
            self.report("CL0802", node.span, text, at=self.declared(entry), help=help)
        elif entry is None or entry.kind is not Kind.ERROR:
            return super().call(node)
        return ERROR

    def method_call(self, node: n.CallExpression, callee: n.FieldExpression) -> Type:
        base = plain(callee.base)
        entry = self.peek(base)
        if entry is None or entry.kind is not Kind.ATOMIC:
            self.expr(callee)
            return ERROR
        self.expr(base)
        text = f"`.{callee.name.text}` is an operation, and an `expect` line only looks"
        help = f"`{entry.name}` alone is its value"
        self.report("CL0802", node.span, text, help=help)
        return ERROR

    # ---------------------------------------------------------------- conditions

    def boolean(self, node: n.Expression, start: str) -> None:
        """Check that what follows `expect always` is a condition."""
        kind = prune(self.value(node))
        if kind is BOOL or unify(kind, BOOL):
            return
        text = f"`{start}` takes a condition, but this is {self.words(kind)}"
        words = flat(node)
        help = "write a comparison, such as `x == 1`"
        if node.id not in self.constants and len(words) <= 40:
            help = f"compare it: `{words} == …`"
        self.report("CL0804", node.span, text, at=self.origin(node), help=help)


_O = Observer
Observer.handlers = {
    **Expressions.handlers,
    n.NameExpression: _O.name,
    n.FieldExpression: _O.field,
    n.CallExpression: _O.call,
    **dict.fromkeys(_ACTS, _O.acts),
}
