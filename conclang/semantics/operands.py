"""What an operation is applied to: `acquire forks[i]`, `ch <- 1`, `hits.add(1)`."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.record import record
from conclang.semantics.constants import index_range
from conclang.semantics.scopes import Scopes
from conclang.semantics.symbols import Kind, Symbol, ThreadData
from conclang.semantics.types import ERROR, INT, ArrayType, ChannelType, Type, Unknown, bare
from conclang.semantics.unify import prune, unify
from conclang.semantics.verbs import VERBS, wrong_kind
from conclang.semantics.world import Entry
from conclang.syntax import nodes as n

VALUES = (Kind.LOCAL, Kind.SHARED, Kind.ATOMIC, Kind.CONSTANT, Kind.CHANNEL, Kind.BUILTIN)


@record
class Operand:
    """A named thing, perhaps one of an array."""

    entry: Entry
    index: n.Expression | None


def plain(node: n.Expression) -> n.Expression:
    """The expression without parentheses around it."""
    while isinstance(node, n.ParenExpression):
        node = node.inner
    return node


class Operands(Scopes):
    """Finds and checks what operations are applied to."""

    atomic_depth = 0

    def expr(self, node: n.Expression) -> Type:
        """The type of an expression; defined where expressions are."""
        raise NotImplementedError

    def integer(self, node: n.Expression, what: str) -> None:
        """Check that an expression is an integer; defined where expressions are."""
        raise NotImplementedError

    # ---------------------------------------------------------------- finding

    def operand(self, node: n.Expression) -> Operand | None:
        """What an expression names; None if it names nothing or that was reported."""
        node = plain(node)
        index = None
        if isinstance(node, n.IndexExpression):
            index, node = node.index, plain(node.base)
        if not isinstance(node, n.NameExpression):
            return None
        entry = self.lookup(node)
        return Operand(entry, index) if entry else None

    def names_something(self, node: n.Expression) -> bool:
        """Is this a name, perhaps with an index (whether or not anybody declared it)?"""
        node = plain(node)
        if isinstance(node, n.IndexExpression):
            node = plain(node.base)
        return isinstance(node, n.NameExpression)

    def check_index(self, operand: Operand, span: Span) -> bool:
        """An element of an array needs an index, a single object has none."""
        symbol, index = operand.entry.symbol, operand.index
        if symbol is None:
            if index is not None:
                self.integer(index, "an index")
            return False
        if index is None:
            if symbol.size is None:
                return True
            text = f"`{symbol.name}` is {symbol.size} {plural_kind(symbol.kind)}: say which one"
            at = ((symbol.span, "declared here"),)
            self.report("CL0519", span, text, at=at, help=f"for example `{symbol.name}[0]`")
            return False
        self.integer(index, "an index")
        if symbol.size is None:
            text = f"`{symbol.name}` is a single {symbol.kind}, so it has no `[…]`"
            help = f"declare `{symbol.kind} {symbol.name}[4]` to have four"
            self.report("CL0520", span, text, at=((symbol.span, "declared here"),), help=help)
            return False
        self.check_range(symbol, index)
        return True

    def check_range(self, symbol: Symbol, index: n.Expression) -> None:
        """Warn about a known index that is outside."""
        data = symbol.data
        first = data.first if isinstance(data, ThreadData) else 0
        self.warn_range(index, first, first + (symbol.size or 1))

    def warn_range(self, index: n.Expression, first: int, end: int) -> None:
        value = self.world.constants.get(index.id)
        if isinstance(value, int) and not first <= value < end:
            text = f"index {value} is out of range: {index_range(first, end)}"
            self.report("CW0602", index.span, text, label="the program fails here")

    # ------------------------------------------------------------------ verbs

    def apply(self, verb: str, node: n.Expression, side: str | None = None) -> None:
        """Check an operation on an object that is no value (all but channels)."""
        if isinstance(node, n.ErrorExpression):
            return
        rule = VERBS[verb]
        if rule.blocks:
            self.warn_blocking(node.span, rule.phrase)
        self.expected = rule.declaration
        operand = self.operand(node)
        self.expected = ""
        if operand is None:
            if not self.names_something(node):
                self.no_object(verb, node)
            return
        entry = operand.entry
        if entry.kind is Kind.ERROR:
            return
        if side is not None:
            self.check_side(verb, side, operand, node)
        elif entry.kind in rule.kinds:
            self.check_index(operand, node.span)
        else:
            self.wrong(verb, entry, node.span)

    def check_side(self, verb: str, side: str, operand: Operand, node: n.Expression) -> None:
        entry = operand.entry
        if entry.kind is Kind.RWLOCK:
            self.check_index(operand, node.span)
        elif entry.kind in VERBS[verb].kinds:
            text = f"`{entry.name}` is a {entry.kind}, which has no {side} side"
            help = f"write `{verb} {entry.name}`, or declare `rwlock {entry.name}`"
            self.report("CL0522", node.span, text, at=self.declared(entry), help=help)
        else:
            self.wrong(verb, entry, node.span)

    def wrong(self, verb: str, entry: Entry, span: Span) -> None:
        """Say that an operation does not fit the kind of its object."""
        code, text, help = wrong_kind(verb, entry.name, entry.kind)
        self.report(code, span, text, at=self.declared(entry), help=help)

    def declared(self, entry: Entry) -> tuple[tuple[Span, str], ...]:
        """The label that shows where something was declared."""
        return () if entry.kind is Kind.BUILTIN else ((entry.span, "declared here"),)

    def no_object(self, verb: str, node: n.Expression) -> None:
        inner = plain(node)
        if isinstance(inner, n.FieldExpression):
            self.field_of_process(inner)
            return
        rule = VERBS[verb]
        entry = self.peek(plain(inner.callee)) if isinstance(inner, n.CallExpression) else None
        if entry is not None and entry.kind in rule.kinds:  # `acquire slots(2)`
            entry.used = True
            text = f"`{rule.phrase}` is followed by the name alone, and is about one at a time"
            help = f"write `{verb} {entry.name}`, once for each"
            self.report(rule.code, node.span, text, help=help)
            return
        self.expr(node)
        text = f"`{rule.phrase}` takes the name of a {' or '.join(rule.kinds)}"
        self.report(rule.code, node.span, text)

    def field_of_process(self, node: n.FieldExpression) -> bool:
        """Answer `web.total` in a thread; False if the base names no process."""
        base = plain(node.base)
        if not isinstance(base, n.NameExpression) or self.find_local(base.name):
            return False
        space = self.world.spaces.get(base.name)
        if space is None:
            return False
        entry = space.names.get(node.name.text)
        if entry is not None and entry.kind is not Kind.ERROR:
            entry.used = True
            self.across(node.name.text, node.span, entry, space.process)
            return True
        if entry is None:
            text = f"process `{base.name}` declares no `{node.name.text}`"
            word = node.name.text
            self.world.reporter.misspelt("CL0304", node.name.span, text, word, space.names)
        return True

    # --------------------------------------------------------------- channels

    def channel(self, verb: str, node: n.Expression) -> Type:
        """Check that an expression is a channel; the type of what it carries."""
        operand_node = plain(node)
        if VERBS[verb].blocks and verb != "close":
            self.warn_blocking(node.span, VERBS[verb].phrase)
        entry = self.peek(operand_node)
        if entry is not None and entry.kind not in (*VALUES, Kind.ERROR):
            operand = self.operand(operand_node)
            if operand is not None:
                self.wrong(verb, operand.entry, node.span)
            return ERROR
        self.expected = VERBS[verb].declaration if entry is None else ""
        kind = prune(self.expr(node))
        self.expected = ""
        if isinstance(kind, ChannelType):
            return kind.item
        if isinstance(kind, Unknown):
            item = Unknown()
            unify(kind, ChannelType(item))
            return item
        if kind is not ERROR:
            self.no_channel(verb, node, kind, entry)
        return ERROR

    def peek(self, node: n.Expression) -> Entry | None:
        """What a name stands for, without any report or trace."""
        if isinstance(node, n.IndexExpression):
            node = plain(node.base)
        if not isinstance(node, n.NameExpression):
            return None
        name = node.name
        return (
            self.find_local(name)
            or self.space.names.get(name)
            or self.world.top.names.get(name)
            or self.world.builtins.get(name)
        )

    def no_channel(self, verb: str, node: n.Expression, kind: Type, entry: Entry | None) -> None:
        if isinstance(kind, ArrayType) and isinstance(prune(kind.item), ChannelType):
            name = entry.name if entry else "this"
            text = f"`{name}` is {kind.length} channels: say which one"
            at = self.declared(entry) if entry else ()
            self.report("CL0519", node.span, text, at=at, help=f"for example `{name}[0]`")
        elif entry is not None:
            self.wrong(verb, entry, node.span)
        else:
            text = f"`{VERBS[verb].phrase}` takes a channel, but this is a {bare(kind)}"
            self.report(VERBS[verb].code, node.span, text)

    def warn_blocking(self, span: Span, what: str) -> None:
        """Warn about waiting inside `atomic { }`."""
        if self.atomic_depth:
            self.report(
                "CW0502",
                span,
                f"`{what}` inside `atomic {{ }}` fails if it has to wait",
                note="the block is one step, so nobody else can move until it is over",
            )

    def expect_int(self, kind: Type) -> bool:
        """Can a type be an integer?"""
        return unify(kind, INT)


def plural_kind(kind: Kind) -> str:
    """`locks`, `processes`."""
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"
