"""Types of expressions in bodies, and the values of those that are known.

Every method takes a node and gives its type; `expr` writes it into the table. A mistake is reported
where it is and gives ERROR, which fits everywhere, so that one mistake is reported once.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.diagnostics.source import Span
from conclang.semantics.constants import (
    BUILTIN_ARITY,
    arity_of_builtin,
    report_decimal,
)
from conclang.semantics.operands import Operands, plain
from conclang.semantics.resolved import Signature
from conclang.semantics.symbols import ConstantData, Kind, Symbol, Value
from conclang.semantics.types import (
    BOOL,
    ERROR,
    INT,
    STR,
    UNIT,
    ArrayType,
    ChannelType,
    HandleType,
    TupleType,
    Type,
    Unknown,
    bare,
    describe,
)
from conclang.semantics.unify import prune, unify
from conclang.semantics.values import LARGEST, Fault, arithmetic, checked, compare
from conclang.semantics.verbs import USES
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n

MOST_IN_TUPLE = 10_000  # words

# methods of atomic variables: number of arguments, result
METHODS: dict[str, tuple[int, Type]] = {"add": (1, INT), "swap": (1, INT), "cas": (2, BOOL)}


class Expressions(Operands):
    """Infers the types of expressions."""

    handlers: dict[type[n.Expression], Callable[..., Type]]

    def __init__(self, world: World, space: Space, owner: Symbol | None) -> None:
        super().__init__(world, space, owner)
        self.types = world.types
        self.constants = world.constants
        self.symbol_types = world.symbol_types

    # ------------------------------------------------------------- front doors

    def expr(self, node: n.Expression) -> Type:
        """The type of an expression, which may be UNIT."""
        kind = self.types[node.id] = self.handlers[type(node)](self, node)
        return kind

    def value(self, node: n.Expression) -> Type:
        """The type of an expression that must have a value."""
        kind = self.expr(node)
        if kind is INT or kind is BOOL:
            return kind
        kind = prune(kind)
        if kind is UNIT:
            self.no_value(node)
            return ERROR
        if isinstance(kind, Unknown) and isinstance(plain(node), _MAY_BE_UNIT):
            self.world.deferred.append((kind, lambda: self.check_unit(node, kind)))
        return kind

    def check_unit(self, node: n.Expression, kind: Type) -> None:
        if prune(kind) is UNIT:
            self.no_value(node)

    def no_value(self, node: n.Expression) -> None:
        text = "this gives no value"
        inner = plain(node)
        if isinstance(inner, n.CallExpression) and isinstance(inner.callee, n.NameExpression):
            text = f"`{inner.callee.name}` gives no value"
        help = "a function gives a value with `return e`"
        self.report("CL0408", node.span, text, help=help)

    def want(self, node: n.Expression, wanted: Type, code: str, what: str) -> Type:
        """Check that an expression has a type."""
        kind = self.value(node)
        if kind is not wanted and not unify(kind, wanted):
            text = f"{what} must be {describe(wanted)}, but this is {self.words(kind)}"
            self.report(code, node.span, text, at=self.origin(node), help=_truth(wanted, kind))
        return wanted

    def integer(self, node: n.Expression, what: str) -> None:
        """Check that an expression is an integer."""
        self.want(node, INT, "CL0420" if what == "an index" else "CL0419", what)

    def condition(self, node: n.Expression, what: str) -> None:
        """Check that an expression is a boolean."""
        self.want(node, BOOL, "CL0402", what)

    def words(self, kind: Type) -> str:
        """A type for a message."""
        return describe(self.shallow(kind, 3))

    def shallow(self, kind: Type, depth: int) -> Type:
        kind = prune(kind)
        if depth == 0:
            return ERROR
        match kind:
            case TupleType(items):
                return TupleType(tuple([self.shallow(item, depth - 1) for item in items[:8]]))
            case ArrayType(item, length):
                return ArrayType(self.shallow(item, depth - 1), length)
            case ChannelType(item):
                return ChannelType(self.shallow(item, depth - 1))
        return kind

    def origin(self, node: n.Expression) -> tuple[tuple[Span, str], ...]:
        """Where the variable in an expression was declared."""
        symbol = self.world.refs.get(plain(node).id)
        if symbol is None or symbol.kind in (Kind.BUILTIN, Kind.ERROR):
            return ()
        return ((symbol.span, f"`{symbol.name}` is declared here"),)

    # ------------------------------------------------------------------- leaves

    def int_literal(self, node: n.IntLiteral) -> Type:
        if node.value > LARGEST:
            self.report("CL0603", node.span, "this is more than a 64-bit integer can hold")
            return ERROR
        self.constants[node.id] = node.value
        return INT

    def bool_literal(self, node: n.BoolLiteral) -> Type:
        self.constants[node.id] = node.value
        return BOOL

    def string(self, node: n.StringLiteral) -> Type:
        known = True
        for part in node.parts:
            if not isinstance(part, str):
                known = False
                self.value(part)
        if known:
            self.constants[node.id] = "".join([p for p in node.parts if isinstance(p, str)])
        return STR

    def decimal(self, node: n.DecimalLiteral) -> Type:
        report_decimal(self.world, node)
        return ERROR

    def name(self, node: n.NameExpression) -> Type:
        entry = self.lookup(node)
        if entry is None or entry.symbol is None or entry.kind is Kind.ERROR:
            return ERROR
        symbol = entry.symbol
        kind = self.symbol_types.get(symbol.index)
        if kind is not None:
            if type(symbol.data) is ConstantData:
                self.constants[node.id] = symbol.data.value
            return kind
        if symbol.kind is Kind.THREAD:
            handle = HandleType(UNIT)
            return handle if symbol.size is None else ArrayType(handle, symbol.size)
        if symbol.kind is Kind.BUILTIN and symbol.name in ("self", "now"):
            return INT if symbol.name == "now" else HandleType(Unknown())
        self.no_plain_value(node, entry)
        return ERROR

    def no_plain_value(self, node: n.NameExpression, entry: Entry) -> None:
        """Say that an object is not a value."""
        an = "an" if entry.kind[0] in "aeiou" else "a"
        text = f"`{entry.name}` is {an} {entry.kind}, not a value"
        advice = USES.get(entry.kind, "").format(name=entry.name)
        if entry.kind is Kind.BUILTIN:
            advice = f"call it: `{entry.name}(…)`"
        note = ""
        if entry.kind in (Kind.LOCK, Kind.SEMAPHORE, Kind.RWLOCK, Kind.CONDITION):
            note = f"to choose one of several, declare an array (`{entry.kind} {entry.name}[4]`)"
            note += " and pass the index"
        at = self.declared(entry)
        self.report("CL0518", node.span, text, at=at, help=advice, note=note)

    def paren(self, node: n.ParenExpression) -> Type:
        kind = self.expr(node.inner)
        value = self.constants.get(node.inner.id)
        if value is not None:
            self.constants[node.id] = value
        return kind

    # --------------------------------------------------------------- operators

    def unary(self, node: n.UnaryExpression) -> Type:
        inner = node.operand
        if node.operator == "-" and type(inner) is n.IntLiteral and inner.value == LARGEST + 1:
            self.types[inner.id] = INT
            self.constants[node.id] = -inner.value
            return INT
        wanted = INT if node.operator == "-" else BOOL
        self.operate(node.operator, inner, wanted)
        value = self.constants.get(inner.id)
        if isinstance(value, int):
            if wanted is BOOL:
                self.constants[node.id] = not value
            else:
                self.fold(node, "-", 0, value)
        return wanted

    def operate(self, operator: str, node: n.Expression, wanted: Type) -> None:
        """Check one operand of an operator."""
        kind = self.value(node)
        if kind is wanted or unify(kind, wanted):
            return
        text = f"`{operator}` works on {_plural(wanted)}, but this is {self.words(kind)}"
        help = _truth(wanted, kind)
        if prune(kind) is STR:
            help = 'strings are put together in `print "{a} and {b}"` only'
        self.report("CL0401", node.span, text, at=self.origin(node), help=help)

    def binary(self, node: n.BinaryExpression) -> Type:
        operator = node.operator
        wanted = BOOL if operator in ("and", "or") else INT
        self.operate(operator, node.left, wanted)
        self.operate(operator, node.right, wanted)
        right = self.constants.get(node.right.id)
        if right is None:
            return wanted
        left = self.constants.get(node.left.id)
        if isinstance(left, int) and isinstance(right, int):
            if wanted is INT:
                self.fold(node, operator, left, right)
            else:
                both = left and right if operator == "and" else left or right
                self.constants[node.id] = both
        elif right == 0 and wanted is INT and operator in ("/", "%"):
            self.warn_zero(node.right.span)
        return wanted

    def fold(self, node: n.Expression, operator: str, left: int, right: int) -> None:
        """Note the value of an operation on known values, or warn that it fails."""
        if type(left) is bool or type(right) is bool:
            return
        try:
            self.constants[node.id] = arithmetic(operator, left, right)
        except Fault as fault:
            if fault.code == "CL0602":
                self.warn_zero(node.span)
            else:
                text = "this overflows a 64-bit integer"
                self.report("CW0603", node.span, text, label="the program fails here")

    def warn_zero(self, span: Span) -> None:
        self.report("CW0601", span, "this divides by zero", label="the program fails here")

    def comparison(self, node: n.CompareExpression) -> Type:
        operands = node.operands
        left = self.value(operands[0])
        values: list[Value | None] = [self.constants.get(operands[0].id)]
        good = True
        for operator, operand in zip(node.operators, operands[1:], strict=True):
            right = self.value(operand)
            values.append(self.constants.get(operand.id))
            good = self.compare_types(operator, left, right, operand, node) and good
            left = right
        known = [value for value in values if value is not None]
        if good and len(known) == len(values):
            links = zip(node.operators, known, known[1:], strict=False)
            self.constants[node.id] = all([compare(op, a, b) for op, a, b in links])
        return BOOL

    def compare_types(
        self, operator: str, left: Type, right: Type, operand: n.Expression, whole: n.Expression
    ) -> bool:
        if operator in ("==", "!="):
            if left is right or unify(left, right):
                return True
            text = f"this compares {self.words(left)} with {self.words(right)}"
            at = self.origin(operand)
            self.report("CL0406", whole.span, text, at=at, help=_truth(left, right))
            return False
        if unify(left, INT) and unify(right, INT):
            return True
        wrong = left if not unify(left, INT) else right
        text = f"`{operator}` orders integers, but here is {self.words(wrong)}"
        help = "only `==` and `!=` work on other values"
        if prune(wrong) is BOOL:
            help = "comparisons cannot be compared; join them with `and`, or chain `0 <= x < 3`"
        self.report("CL0407", whole.span, text, help=help)
        return False

    # ------------------------------------------------------- arrays and tuples

    def array(self, node: n.ArrayExpression) -> Type:
        if not node.items:
            self.report("CL0605", node.span, "an array needs at least one element")
            return ERROR
        item = self.one_type(node.items, "all elements of an array")
        self.collect(node, node.items)
        return ArrayType(item, len(node.items))

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

    def tuple(self, node: n.TupleExpression) -> Type:
        kind = TupleType(tuple([self.value(item) for item in node.items]))
        self.collect(node, node.items)
        if _weight(kind, MOST_IN_TUPLE) > MOST_IN_TUPLE:
            text = f"this tuple takes more than {MOST_IN_TUPLE} words"
            self.report("CL0615", node.span, text)
            return ERROR
        return kind

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
        kind = prune(self.expr(node.base))
        self.integer(node.index, "an index")
        if isinstance(kind, ArrayType):
            symbol = self.world.refs.get(base.id)
            if symbol is not None and symbol.kind is Kind.THREAD:
                self.check_range(symbol, node.index)
            else:
                self.warn_range(node.index, 0, kind.length)
            return kind.item
        if isinstance(kind, Unknown):
            item = Unknown()
            self.world.deferred.append((kind, lambda: self.index_later(node, kind, item)))
            return item
        if kind is not ERROR:
            self.no_elements(node, kind)
        return ERROR

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
        self.expr(node.base)
        word = node.name.text
        if entry is not None and entry.kind is Kind.ERROR:
            return ERROR
        if entry is not None and entry.kind is Kind.ATOMIC and word in METHODS:
            text, help = f"`{word}` is an operation", f"write `{entry.name}.{word}(…)`"
            self.report("CL0515", node.name.span, text, help=help)
        elif entry is not None:
            self.no_field(node, entry)
        return ERROR

    def no_field(self, node: n.FieldExpression, entry: Entry) -> None:
        word, name = node.name.text, entry.name
        advice = USES.get(entry.kind, "").format(name=name)
        text = f"`{name}` is a {entry.kind} and has no `.{word}`"
        self.report("CL0526", node.name.span, text, at=self.declared(entry), help=advice)

    # -------------------------------------------------------------------- calls

    def call(self, node: n.CallExpression) -> Type:
        callee = plain(node.callee)
        if isinstance(callee, n.FieldExpression):
            return self.method(node, callee)
        if isinstance(callee, n.NameExpression):
            entry = self.lookup(callee)
            if entry is not None and entry.kind is Kind.FUNCTION and entry.symbol is not None:
                return self.invoke(entry.symbol, node.arguments, node.span, callee.span)
            self_builtin = entry is not None and entry.kind is Kind.BUILTIN
            if self_builtin and callee.name in BUILTIN_ARITY:
                return self.builtin(node, callee.name)
            if entry is not None and entry.kind is not Kind.ERROR:
                self.not_callable(callee, entry)
        else:
            self.expr(node.callee)
            if not isinstance(callee, n.ErrorExpression):
                self.report("CL0409", node.callee.span, "this is not a function")
        for argument in node.arguments:
            self.expr(argument)
        return ERROR

    def not_callable(self, callee: n.NameExpression, entry: Entry) -> None:
        an = "an" if entry.kind[0] in "aeiou" else "a"
        text = f"`{callee.name}` is {an} {entry.kind}, not a function"
        if entry.kind is Kind.BUILTIN:
            text = f"`{callee.name}` is no function"
        advice = USES.get(entry.kind, "").format(name=callee.name)
        if entry.kind is Kind.BUILTIN:
            advice = f"write `{callee.name}` alone"
        self.report("CL0409", callee.span, text, at=self.declared(entry), help=advice)

    def invoke(
        self, symbol: Symbol, arguments: tuple[n.Expression, ...], whole: Span, name: Span
    ) -> Type:
        """Check a call of a function, now or in a thread or task of its own."""
        self.note_call(symbol, name)
        signature = self.world.signatures[symbol.index]
        if len(arguments) != len(signature.parameters):
            wanted, given = len(signature.parameters), len(arguments)
            text = f"`{symbol.name}` takes {_count(wanted, 'argument')}, not {given}"
            at = ((symbol.span, "declared here"),)
            self.report("CL0404", whole, text, at=at, help=self.shape_of(symbol))
            for argument in arguments:
                self.expr(argument)
            return signature.result
        self.pass_arguments(symbol, signature, arguments)
        return signature.result

    def pass_arguments(
        self, symbol: Symbol, signature: Signature, arguments: tuple[n.Expression, ...]
    ) -> None:
        entries = self.world.bound[symbol.index]
        for argument, wanted, entry in zip(arguments, signature.parameters, entries, strict=True):
            kind = self.value(argument)
            if kind is not wanted and not unify(kind, wanted):
                text = f"`{entry.name}` of `{symbol.name}` is {self.words(wanted)}"
                text += f", but this is {self.words(kind)}"
                at = ((entry.span, f"used in `{symbol.name}` as {self.words(wanted)}"),)
                self.report("CL0405", argument.span, text, at=at)

    def shape_of(self, symbol: Symbol) -> str:
        """How a function is called, for a help line."""
        names = [entry.name for entry in self.world.bound[symbol.index]]
        return f"call it as `{symbol.name}({', '.join(names)})`"

    def note_call(self, symbol: Symbol, span: Span) -> None:
        """Remember who calls functions of the top level, for the border check."""
        if symbol.process is not None or self.owner is None:
            return
        process = self.owner.process
        if process is not None:
            self.world.border_calls.append((symbol, span, process))
        elif self.owner.kind is Kind.FUNCTION:
            self.world.calls.setdefault(symbol.index, []).append(self.owner.index)

    def builtin(self, node: n.CallExpression, name: str) -> Type:
        arguments = node.arguments
        if name == "len" and len(arguments) == 1:
            return self.length(node, arguments[0])
        least, most = BUILTIN_ARITY[name]
        if len(arguments) == 1 and least == 2:
            return self.least_of(node, name)
        if not least <= len(arguments) <= most:
            self.report("CL0404", node.span, arity_of_builtin(name, len(arguments)))
            for argument in arguments:
                self.expr(argument)
            return INT
        for argument in arguments:
            self.operate(name, argument, INT)
        values = [self.constants.get(argument.id) for argument in arguments]
        numbers = [value for value in values if type(value) is int]
        if len(numbers) == len(values):
            self.constants[node.id] = _builtin_value(name, numbers)
        return INT

    def least_of(self, node: n.CallExpression, name: str) -> Type:
        """`min(a)` of a whole array of integers."""
        argument = node.arguments[0]
        kind = prune(self.value(argument))
        if isinstance(kind, ArrayType) and unify(kind.item, INT):
            return INT
        if kind is not ERROR:
            self.report("CL0404", node.span, arity_of_builtin(name, 1))
        return INT

    def length(self, node: n.CallExpression, argument: n.Expression) -> Type:
        kind = prune(self.value(argument))
        if isinstance(kind, ArrayType):
            self.constants[node.id] = kind.length
        elif isinstance(kind, Unknown):
            self.world.deferred.append((kind, lambda: self.length_later(node, argument, kind)))
        elif kind is not ERROR:
            self.no_length(argument, kind)
        return INT

    def length_later(self, node: n.CallExpression, argument: n.Expression, kind: Type) -> None:
        found = prune(kind)
        if isinstance(found, ArrayType):
            self.constants[node.id] = found.length
        elif found is not ERROR:
            self.no_length(argument, found)

    def no_length(self, argument: n.Expression, kind: Type) -> None:
        text = f"`len` works on arrays, but this is {self.words(kind)}"
        self.report("CL0401", argument.span, text, at=self.origin(argument))

    def method(self, node: n.CallExpression, callee: n.FieldExpression) -> Type:
        """`hits.add(1)`."""
        for argument in node.arguments:
            self.operate_argument(argument)
        entry = self.peek(plain(callee.base))
        if entry is None or entry.kind is not Kind.ATOMIC:
            if entry is not None and entry.kind is Kind.SHARED and callee.name.text in METHODS:
                self.lookup_quietly(callee.base)
                text = f"`{entry.name}` is a shared variable and has no `.{callee.name.text}`"
                help = f"declare it as `atomic {entry.name}`"
                self.report(
                    "CL0515", callee.name.span, text, at=self.declared(entry), help=help
                )
                return METHODS[callee.name.text][1]
            self.expr(callee)
            return ERROR
        return self.atomic_method(node, callee)

    def operate_argument(self, node: n.Expression) -> None:
        self.value(node)

    def lookup_quietly(self, base: n.Expression) -> None:
        self.operand(base)

    def atomic_method(self, node: n.CallExpression, callee: n.FieldExpression) -> Type:
        operand = self.operand(callee.base)
        if operand is None:
            return ERROR  # another process's; reported
        word, name = callee.name.text, operand.entry.name
        if word not in METHODS:
            help = f"there are {', '.join(f'`.{method}`' for method in METHODS)}"
            if word in ("load", "store"):
                help = f"`{name}` alone is an atomic load, `{name} = …` an atomic store"
            text = f"atomic variables have no `.{word}`"
            self.world.reporter.misspelt("CL0515", callee.name.span, text, word, METHODS, help)
            return ERROR
        if not self.check_index(operand, callee.base.span) or operand.entry.symbol is None:
            return METHODS[word][1]
        kind = self.symbol_types[operand.entry.symbol.index]
        item = prune(kind.item if isinstance(kind, ArrayType) else kind)
        self.types[callee.base.id] = item
        return self.method_types(node, word, item)

    def method_types(self, node: n.CallExpression, word: str, item: Type) -> Type:
        count, result = METHODS[word]
        if len(node.arguments) != count:
            text = f"`.{word}` takes {_count(count, 'argument')}, not {len(node.arguments)}"
            help = "write `.cas(old, new)`" if word == "cas" else f"write `.{word}(n)`"
            self.report("CL0404", node.span, text, help=help)
            return result
        if word == "add" and not unify(item, INT):
            text = f"`.add` works on integers, but this variable holds {bare(item)}s"
            self.report("CL0401", node.span, text)
        for argument in node.arguments:
            kind = self.types[argument.id]
            if not unify(kind, item):
                text = f"the variable holds {self.words(item)}, but this is {self.words(kind)}"
                self.report("CL0405", argument.span, text)
        return item if word == "swap" else result

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
        entry = self.lookup(callee) if isinstance(callee, n.NameExpression) else None
        if entry is not None and entry.kind is Kind.FUNCTION and entry.symbol is not None:
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
            self.range_of(only)
            return INT
        if not node.options:
            self.report("CL0404", node.span, "`choose` needs something to choose from")
            return ERROR
        return self.one_type(node.options, "the choices of `choose`")

    def range_of(self, node: n.RangeExpression) -> Type:
        """Check a range; an empty one known beforehand makes no sense in `choose`."""
        self.integer(node.start, "the start of a range")
        self.integer(node.end, "the end of a range")
        first, end = self.constants.get(node.start.id), self.constants.get(node.end.id)
        if type(first) is int and type(end) is int and end < first:
            text = f"the range {first}..{end} is empty: ranges count upwards"
            self.report("CL0608", node.span, text, help="the end is not in the range")
        return INT

    def range_as_value(self, node: n.RangeExpression) -> Type:
        self.range_of(node)
        text = "a range is not a value"
        help = "ranges stand in `for i in 0..n`, `thread p[i in 0..5]` and `choose(0..n)`"
        self.report("CL0417", node.span, text, help=help)
        return ERROR


_MAY_BE_UNIT = (n.CallExpression, n.JoinExpression, n.AwaitExpression)
_PLAIN_OBJECTS = frozenset(
    {
        Kind.LOCK, Kind.RWLOCK, Kind.SEMAPHORE, Kind.CONDITION, Kind.BARRIER, Kind.EVENT,
        Kind.DEVICE, Kind.RUNTIME, Kind.PROCESSOR,
    }
)  # fmt: skip

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
    n.TupleExpression: _E.tuple,
    n.ParenExpression: _E.paren,
    n.ErrorExpression: lambda self, node: ERROR,
}


def _builtin_value(name: str, numbers: list[int]) -> int:
    if name == "abs":
        return abs(numbers[0])
    return min(numbers) if name == "min" else max(numbers)


def _weight(kind: Type, limit: int) -> int:
    """Words of a value; stops counting beyond the limit."""
    total = 0
    stack: list[tuple[Type, int]] = [(kind, 1)]
    while stack and total <= limit:
        part, times = stack.pop()
        part = prune(part)
        if isinstance(part, TupleType):
            stack.extend([(item, times) for item in part.items])
        elif isinstance(part, ArrayType):
            stack.append((part.item, times * part.length))
        else:
            total += times
    return total


def _plural(kind: Type) -> str:
    return "integers" if kind is INT else "booleans"


def _truth(left: Type, right: Type) -> str:
    """Advice where a number stands for a truth value or the other way round."""
    if {prune(left), prune(right)} == {INT, BOOL}:
        return "a number is no truth value: compare it, as in `x != 0`"
    return ""


def _count(count: int, what: str) -> str:
    return f"no {what}s" if count == 0 else f"{count} {what}" + ("s" if count > 1 else "")


__all__ = ["Expressions", "checked"]
