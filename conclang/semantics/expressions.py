"""Arrays, tuples, handles and choices in bodies; THE table of what checks which expression."""

from __future__ import annotations

from conclang.semantics.calls import FUNCTION, METHODS, Calls
from conclang.semantics.operands import plain
from conclang.semantics.symbols import Kind
from conclang.semantics.types import (
    BOOL,
    ERROR,
    INT,
    ArrayType,
    ChannelType,
    HandleType,
    TupleType,
    Type,
    Unknown,
)
from conclang.semantics.unify import prune, unify
from conclang.semantics.verbs import USES
from conclang.semantics.world import Entry
from conclang.syntax import nodes as n

MOST_IN_VALUE = 10_000  # words
_PLAIN_OBJECTS = frozenset(
    {
        Kind.LOCK, Kind.RWLOCK, Kind.SEMAPHORE, Kind.CONDITION, Kind.BARRIER, Kind.EVENT,
        Kind.DEVICE, Kind.RUNTIME, Kind.PROCESSOR,
    }
)  # fmt: skip


# Operations on the lists of other languages.
_GROWING = frozenset(("append", "push", "pop", "add", "insert", "remove", "put", "get", "extend"))
_LENGTHS = frozenset(("len", "length", "size", "count"))


class Expressions(Calls):
    """Infers the types of all expressions."""

    # ------------------------------------------------------- arrays and tuples

    def array(self, node: n.ArrayExpression) -> Type:
        if not node.items:
            self.report("CL0605", node.span, "an array needs at least one element")
            return ERROR
        item = self.one_type(node.items, "all elements of an array")
        self.collect(node, node.items)
        return self.not_too_large(node, ArrayType(item, len(node.items)))

    def one_type(self, items: tuple[n.Expression, ...], what: str) -> Type:
        """The type that all of several expressions have."""
        first = self.value(items[0])
        for item in items[1:]:
            kind = self.value(item)
            if kind is not first and not unify(kind, first):
                text = f"{what} have one type, but this is {self.words(kind)}"
                at = ((items[0].span, f"this is {self.words(first)}"),)
                self.report("CL0415", item.span, text, at=at)
        return first

    def tuple_of(self, node: n.TupleExpression) -> Type:
        kind = TupleType(tuple([self.value(item) for item in node.items]))
        self.collect(node, node.items)
        return self.not_too_large(node, kind)

    def not_too_large(self, node: n.Expression, kind: Type) -> Type:
        """Values are copied word by word, so there is a limit."""
        if _weight(kind, MOST_IN_VALUE) <= MOST_IN_VALUE:
            return kind
        self.report("CL0615", node.span, f"a value cannot have more than {MOST_IN_VALUE} words")
        return ERROR

    def collect(self, node: n.Expression, items: tuple[n.Expression, ...]) -> None:
        """Note the value of a list whose items are all known."""
        values = [self.constants.get(item.id) for item in items]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            self.constants[node.id] = tuple(known)

    def index(self, node: n.IndexExpression) -> Type:
        base = plain(node.base)
        entry = self.peek(base) if isinstance(base, n.NameExpression) else None
        if entry is not None and entry.kind in _PLAIN_OBJECTS:
            operand = self.operand(node)
            self.integer(node.index, "an index")
            if operand is not None and isinstance(base, n.NameExpression):
                self.no_plain_value(base, operand.entry)
            return ERROR
        kind = prune(self.whole(node.base))
        self.integer(node.index, "an index")
        if isinstance(kind, ArrayType):
            symbol = self.world.refs.get(base.id)
            if symbol is not None and symbol.kind is Kind.THREAD:
                self.check_range(symbol, node.index)
            else:
                self.warn_range(node.index, 0, kind.length)
                self.fold_element(node)
            return kind.item
        if isinstance(kind, Unknown):
            item = Unknown()
            self.world.deferred.append((kind, lambda: self.index_later(node, kind, item)))
            return item
        if kind is not ERROR:
            self.no_elements(node, kind)
        return ERROR

    def whole(self, node: n.Expression) -> Type:
        """The type of what is indexed or measured: it may be an array of objects."""
        base = plain(node)
        entry = self.peek(base) if isinstance(base, n.NameExpression) else None
        if entry is None or entry.kind not in (Kind.CHANNEL, Kind.THREAD):
            return self.expr(node)
        assert isinstance(base, n.NameExpression)
        kind = self.types[base.id] = self.types[node.id] = self.named(base)
        return kind

    def fold_element(self, node: n.IndexExpression) -> None:
        """Note the value of an element of a constant array."""
        values, at = self.constants.get(node.base.id), self.constants.get(node.index.id)
        if isinstance(values, tuple) and type(at) is int and 0 <= at < len(values):
            self.constants[node.id] = values[at]

    def index_later(self, node: n.IndexExpression, kind: Type, item: Type) -> None:
        found = prune(kind)
        if isinstance(found, ArrayType):
            if not unify(found.item, item):
                text = f"the elements here are {self.words(found.item)}, not {self.words(item)}"
                self.report("CL0405", node.span, text)
        elif found is not ERROR:
            self.no_elements(node, found)

    def no_elements(self, node: n.IndexExpression, kind: Type) -> None:
        text = f"this is {self.words(kind)}, which has no elements"
        help = ""
        symbol = self.world.refs.get(plain(node.base).id)
        if symbol is not None and symbol.kind in (Kind.SHARED, Kind.ATOMIC):
            word = "shared" if symbol.kind is Kind.SHARED else "atomic"
            help = f"an array is declared with its length: `{word} {symbol.name}[4] = 0`"
        if isinstance(kind, TupleType):
            names = ", ".join("abcdefgh"[: len(kind.items)])
            help = f"take a tuple apart with `let ({names}) = …`"
        elif isinstance(kind, Unknown):
            text = "it is not known that this is an array"
        at = self.origin(node.base)
        code = "CL0520" if isinstance(kind, ChannelType | HandleType) else "CL0412"
        self.report(code, node.span, text, at=at, help=help)

    def field(self, node: n.FieldExpression) -> Type:
        if self.field_of_process(node):
            return ERROR
        entry = self.peek(plain(node.base))
        base: Type = ERROR
        if entry is not None and entry.kind in _PLAIN_OBJECTS:
            self.operand(node.base)
        else:
            base = prune(self.expr(node.base))
        word = node.name.text
        if entry is not None and entry.kind is Kind.ERROR:
            return ERROR
        if entry is not None and entry.kind is Kind.ATOMIC and word in METHODS:
            text, help = f"`{word}` is an operation", f"write `{entry.name}.{word}(…)`"
            self.report("CL0515", node.name.span, text, help=help)
        elif entry is not None:
            self.no_field(node, entry)
        elif base is not ERROR:
            help = "the length of an array `a` is `len(a)`" if word in _LENGTHS else ""
            self.report("CL0526", node.name.span, f"a value has no `.{word}`", help=help)
        return ERROR

    def no_field(self, node: n.FieldExpression, entry: Entry) -> None:
        word, name = node.name.text, entry.name
        advice = USES.get(entry.kind, "").format(name=name)
        if word in _GROWING:
            advice = (
                f"an array keeps its length; what threads hand on goes into `channel {name}(8)`"
            )
        elif word in _LENGTHS:
            advice = f"the length of an array is `len({name})`"
        an = "an" if entry.kind[0] in "aeiou" else "a"
        text = f"`{name}` is {an} {entry.kind} and has no `.{word}`"
        self.report("CL0526", node.name.span, text, at=self.declared(entry), help=advice)

    # ----------------------------------------------------------- other threads

    def receive(self, node: n.ReceiveExpression) -> Type:
        return self.channel("receive", node.channel)

    def wait_for(self, node: n.AwaitExpression | n.JoinExpression) -> Type:
        verb = "await" if isinstance(node, n.AwaitExpression) else "join"
        self.warn_blocking(node.span, verb)
        kind = prune(self.handle_type(verb, node.handle))
        if isinstance(kind, HandleType):
            return kind.result
        if isinstance(kind, Unknown):
            result = Unknown()
            unify(kind, HandleType(result))
            return result
        if kind is not ERROR:
            self.no_handle(verb, node.handle, kind)
        return ERROR

    def handle_type(self, verb: str, node: n.Expression) -> Type:
        entry = self.peek(plain(node))
        if entry is not None and entry.kind in (*_PLAIN_OBJECTS, Kind.FUNCTION, Kind.PROCESS):
            operand = self.operand(node)
            if operand is not None:
                start = f"{verb} async {entry.name}(…)"
                help = USES.get(entry.kind, "").format(name=entry.name)
                if entry.kind is Kind.FUNCTION:
                    help = f"start it first: `{start}`"
                text = f"`{verb}` waits for a thread or task, but `{entry.name}` is a {entry.kind}"
                self.report("CL0410", node.span, text, at=self.declared(entry), help=help)
            return ERROR
        return self.expr(node)

    def no_handle(self, verb: str, node: n.Expression, kind: Type) -> None:
        text = f"`{verb}` waits for a thread or task, but this is {self.words(kind)}"
        help = "`spawn f()`, `go f()` and `async f()` give what can be waited for"
        inner = plain(node)
        if isinstance(inner, n.CallExpression) and isinstance(inner.callee, n.NameExpression):
            help = f"this calls `{inner.callee.name}` at once; to start it as a task write "
            help += f"`{verb} async {inner.callee.name}(…)`"
        elif isinstance(kind, ArrayType):
            help = f"wait for each: `for h in handles {{ {verb} h }}`"
        self.report("CL0410", node.span, text, at=self.origin(node), help=help)

    def try_acquire(self, node: n.TryAcquireExpression) -> Type:
        self.apply("try_acquire", node.target, node.side)
        return BOOL

    def spawn(self, node: n.SpawnExpression) -> Type:
        callee = plain(node.callee)
        if node.runtime is not None:
            self.apply("go", node.runtime)
        self.expected = FUNCTION
        entry = self.lookup(callee) if isinstance(callee, n.NameExpression) else None
        self.expected = ""
        if entry is not None and entry.kind is Kind.FUNCTION and entry.symbol is not None:
            if node.span.end == callee.span.end:  # no parentheses: the parser has said so
                return HandleType(self.world.signatures[entry.symbol.index].result)
            result = self.invoke(entry.symbol, node.arguments, node.span, callee.span)
            return HandleType(result)
        for argument in node.arguments:
            self.expr(argument)
        broken = isinstance(callee, n.ErrorExpression)
        if entry is not None and entry.kind is not Kind.ERROR:
            text = f"`{node.verb}` starts a function, but `{entry.name}` is a {entry.kind}"
            help = USES.get(entry.kind, "").format(name=entry.name)
            if entry.kind is Kind.THREAD:
                help = "a declared thread starts by itself; put its body into a `fn` to start more"
            self.report("CL0523", callee.span, text, at=self.declared(entry), help=help)
        elif not isinstance(callee, n.NameExpression) and not broken:
            help = f"write `{node.verb} f(…)` with the name of a function"
            self.report("CL0523", callee.span, f"`{node.verb}` starts a function", help=help)
        return HandleType(ERROR)

    def choose(self, node: n.ChooseExpression) -> Type:
        only = node.options[0] if len(node.options) == 1 else None
        if isinstance(only, n.RangeExpression):
            return self.range_of(only, fails=True)
        if not node.options:
            self.report("CL0404", node.span, "`choose` needs something to choose from")
            return ERROR
        return self.one_type(node.options, "the choices of `choose`")

    def range_of(self, node: n.RangeExpression, fails: bool = False) -> Type:
        """Check a range; a `choose` from an empty one fails."""
        self.integer(node.start, "the start of a range")
        self.integer(node.end, "the end of a range")
        first, end = self.constants.get(node.start.id), self.constants.get(node.end.id)
        if type(first) is int and type(end) is int and end < first + fails:
            text = f"the range {first}..{end} is empty: it counts upwards and leaves out its end"
            help = f"there is no counting down; write `{end}..{first + 1}` and compute from it"
            label = "the program fails here" if fails else ""
            help = help if end < first else ""
            self.report("CW0604", node.span, text, label=label, help=help)
        return INT

    def range_as_value(self, node: n.RangeExpression) -> Type:
        """A range where a value is wanted: the parser has said so."""
        self.range_of(node)
        return ERROR

    def no_text(self, node: n.ErrorExpression) -> Type:
        self.world.broken = True
        return ERROR


_E = Expressions
Expressions.handlers = {
    n.IntLiteral: _E.int_literal,
    n.BoolLiteral: _E.bool_literal,
    n.StringLiteral: _E.string,
    n.DecimalLiteral: _E.decimal,
    n.NameExpression: _E.name,
    n.FieldExpression: _E.field,
    n.IndexExpression: _E.index,
    n.CallExpression: _E.call,
    n.UnaryExpression: _E.unary,
    n.BinaryExpression: _E.binary,
    n.CompareExpression: _E.comparison,
    n.ReceiveExpression: _E.receive,
    n.AwaitExpression: _E.wait_for,
    n.JoinExpression: _E.wait_for,
    n.TryAcquireExpression: _E.try_acquire,
    n.SpawnExpression: _E.spawn,
    n.ChooseExpression: _E.choose,
    n.RangeExpression: _E.range_as_value,
    n.ArrayExpression: _E.array,
    n.TupleExpression: _E.tuple_of,
    n.ParenExpression: _E.paren,
    n.ErrorExpression: _E.no_text,
}


def _weight(kind: Type, limit: int) -> int:
    """Words of a value, where nesting counts too; stops counting beyond the limit."""
    total = 0
    stack: list[tuple[Type, int]] = [(kind, 1)]
    while stack and total <= limit:
        part, times = stack.pop()
        part = prune(part)
        if isinstance(part, TupleType | ArrayType):
            total += 10
        if isinstance(part, TupleType):
            stack.extend([(item, times) for item in part.items])
        elif isinstance(part, ArrayType):
            stack.append((part.item, times * part.length))
        else:
            total += times
    return total
