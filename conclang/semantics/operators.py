"""Operators, names and literals in bodies: their types, and the values of those that are known.

Every method takes a node and gives its type; `expr` writes it into the table. A mistake is reported
where it is and gives ERROR, which fits everywhere, so that one mistake is reported once.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.diagnostics.source import Span
from conclang.semantics.constants import report_decimal
from conclang.semantics.operands import Operands, plain, plural_kind
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
    describe,
)
from conclang.semantics.unify import prune, unify
from conclang.semantics.values import LARGEST, Fault, arithmetic, compare
from conclang.semantics.verbs import USES
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n

_MAY_BE_UNIT = (n.CallExpression, n.JoinExpression, n.AwaitExpression)


class Operators(Operands):
    """Infers the types of names, literals and what operators join."""

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
        kind = self.named(node)
        if isinstance(kind, ArrayType):
            symbol = self.world.refs.get(node.id)
            if symbol is not None and symbol.kind in (Kind.CHANNEL, Kind.THREAD):
                self.which_one(node, symbol)
                return ERROR
        return kind

    def which_one(self, node: n.NameExpression, symbol: Symbol) -> None:
        text = f"`{symbol.name}` is {symbol.size} {plural_kind(symbol.kind)}: say which one"
        help = f"for example `{symbol.name}[0]`, or in a loop "
        help += f"`for i in 0..len({symbol.name}) {{ … {symbol.name}[i] … }}`"
        at = ((symbol.span, "declared here"),)
        self.report("CL0519", node.span, text, at=at, help=help)

    def named(self, node: n.NameExpression) -> Type:
        """The type of what a name stands for; arrays of objects are ArrayTypes here."""
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
            return INT if symbol.name == "now" else self.running()
        self.no_plain_value(node, entry)
        return ERROR

    def running(self) -> Type:
        """The type of `self`: a declared thread gives no result, a started one perhaps."""
        if self.owner is not None and self.owner.kind is Kind.THREAD:
            return HandleType(UNIT)
        result = Unknown()
        self.world.deferred.append((result, lambda: self.settle(result)))
        return HandleType(result)

    def settle(self, result: Type) -> None:
        if isinstance(prune(result), Unknown):
            unify(result, UNIT)

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

    def operate(self, operator: str, node: n.Expression, wanted: Type) -> bool:
        """Check one operand of an operator."""
        kind = self.value(node)
        if kind is wanted or unify(kind, wanted):
            return True
        text = f"`{operator}` works on {_plural(wanted)}, but this is {self.words(kind)}"
        help = _truth(wanted, kind)
        if prune(kind) is STR:
            help = 'strings are put together in `print "{a} and {b}"` only'
        self.report("CL0401", node.span, text, at=self.origin(node), help=help)
        return False

    def binary(self, node: n.BinaryExpression) -> Type:
        operator = node.operator
        wanted = BOOL if operator in ("and", "or") else INT
        good = self.operate(operator, node.left, wanted)
        if not (self.operate(operator, node.right, wanted) and good):
            return ERROR
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
            self.constants[node.id] = all(compare(op, a, b) for op, a, b in links)
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


def _plural(kind: Type) -> str:
    return "integers" if kind is INT else "booleans"


def _truth(left: Type, right: Type) -> str:
    """Advice where a number stands for a truth value or the other way round."""
    if {prune(left), prune(right)} == {INT, BOOL}:
        return "a number is no truth value: compare it, as in `x != 0`"
    return ""
