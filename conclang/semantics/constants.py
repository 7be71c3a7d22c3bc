"""Evaluating what must be known before the program runs: constants, sizes, initial values.

`Evaluator.value` gives a value with its type, or None after it has said why there is none. The
value may depend on the index of a thread family (`arrival i * 10`); then `locals` has it, and
nothing is written into the tables, because there would be one value per thread.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.record import record
from conclang.semantics.symbols import ConstantData, Kind, Symbol, Value
from conclang.semantics.types import (
    BOOL,
    INT,
    STR,
    ArrayType,
    TupleType,
    Type,
    describe,
)
from conclang.semantics.values import LARGEST, Fault, arithmetic, checked, compare
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n


@record
class Known:
    """A value and its type; an array and a tuple differ only in their type."""

    value: Value
    type: Type


class Evaluator:
    """Evaluates constant expressions in the names of one space."""

    def __init__(
        self, world: World, space: Space, what: str, locals: dict[Symbol, int] | None = None
    ) -> None:
        self.world = world
        self.space = space
        self.what = what  # "the size of an array": for messages
        self.locals = locals or {}
        self.index: dict[str, Symbol] = {symbol.name: symbol for symbol in self.locals}
        self.used_index = False

    # ------------------------------------------------------------- front door

    def value(self, node: n.Expression) -> Known | None:
        """The value of an expression, or None if that was reported."""
        handler = _HANDLERS.get(type(node))
        if handler is None:
            return self.not_constant(node, "this is only known while the program runs")
        known = handler(self, node)
        if known is not None and not self.index:
            self.world.constants[node.id] = known.value
            self.world.types[node.id] = known.type
        return known

    def integer(self, node: n.Expression) -> int | None:
        """The value of an expression that must be an integer."""
        known = self.value(node)
        if known is None:
            return None
        if known.type != INT or not isinstance(known.value, int):
            self.world.reporter.report(
                "CL0401",
                node.span,
                f"{self.what} must be an integer, but this is {describe(known.type)}",
            )
            return None
        return known.value

    def not_constant(self, node: n.Expression, why: str) -> Known | None:
        """Say that an expression has no value before the program runs."""
        if isinstance(node, n.ErrorExpression):
            return None
        self.world.reporter.report(
            "CL0601",
            node.span,
            f"{self.what} must be known before the program runs",
            label=why,
            help="use a number, a `const`, or arithmetic on them",
        )
        return None

    def fault(self, node: n.Expression, fault: Fault) -> None:
        """Say that an operation has no result."""
        self.world.reporter.report(fault.code, node.span, fault.message)

    # ---------------------------------------------------------------- by node

    def literal(self, node: n.IntLiteral) -> Known | None:
        try:
            return Known(checked(node.value), INT)
        except Fault as fault:
            self.fault(node, fault)
            return None

    def name(self, node: n.NameExpression) -> Known | None:
        symbol = self.index.get(node.name)
        if symbol is not None:
            self.used_index = True
            self.world.refs[node.id] = symbol
            return Known(self.locals[symbol], INT)
        entry = self.world.find(node.name, self.space)
        if entry is None:
            self.world.reporter.misspelt(
                "CL0301",
                node.span,
                f"there is no constant `{node.name}`",
                node.name,
                self.constant_names(),
                help=f"declare it with `const {node.name} = …`",
            )
            return None
        entry.used = True
        return self.constant(node, entry)

    def constant(self, node: n.NameExpression, entry: Entry) -> Known | None:
        symbol = entry.symbol
        if symbol is not None:
            self.world.refs[node.id] = symbol
        if entry.kind is Kind.ERROR:
            return None
        if entry.kind is not Kind.CONSTANT:
            self.not_constant(node, f"`{node.name}` is a {entry.kind}, not a constant")
            return None
        if symbol is None or not isinstance(symbol.data, ConstantData):
            return None  # its own declaration was reported
        return Known(symbol.data.value, self.world.symbol_types[symbol.index])

    def constant_names(self) -> list[str]:
        names = [*self.space.names.values(), *self.world.top.names.values()]
        return [e.name for e in names if e.kind is Kind.CONSTANT] + list(self.index)

    def unary(self, node: n.UnaryExpression) -> Known | None:
        inner = node.operand
        if node.operator == "-" and type(inner) is n.IntLiteral and inner.value == LARGEST + 1:
            return Known(-inner.value, INT)
        operand = self.value(inner)
        if operand is None:
            return None
        wanted = INT if node.operator == "-" else BOOL
        if operand.type != wanted:
            return self.mismatch(node.operand, node.operator, wanted, operand.type)
        if node.operator == "not":
            return Known(not operand.value, BOOL)
        return self.integers(node, "-", 0, operand.value)

    def binary(self, node: n.BinaryExpression) -> Known | None:
        chain: list[n.BinaryExpression] = []
        first: n.Expression = node
        while type(first) is n.BinaryExpression:  # a long sum leans to the left
            chain.append(first)
            first = first.left
        known = self.value(first)
        for link in reversed(chain):
            known = self.combine(link, known, self.value(link.right))
            if known is not None and not self.index:
                self.world.constants[link.id] = known.value
                self.world.types[link.id] = known.type
        return known

    def combine(
        self, node: n.BinaryExpression, left: Known | None, right: Known | None
    ) -> Known | None:
        if left is None or right is None:
            return None
        wanted = BOOL if node.operator in ("and", "or") else INT
        for operand, known in ((node.left, left), (node.right, right)):
            if known.type != wanted:
                return self.mismatch(operand, node.operator, wanted, known.type)
        if node.operator == "and":
            return Known(bool(left.value) and bool(right.value), BOOL)
        if node.operator == "or":
            return Known(bool(left.value) or bool(right.value), BOOL)
        return self.integers(node, node.operator, left.value, right.value)

    def integers(
        self, node: n.Expression, operator: str, left: Value, right: Value
    ) -> Known | None:
        if not isinstance(left, int) or not isinstance(right, int):
            return None
        try:
            return Known(arithmetic(operator, left, right), INT)
        except Fault as fault:
            self.fault(node, fault)
            return None

    def mismatch(
        self, operand: n.Expression, operator: str, wanted: Type, got: Type
    ) -> Known | None:
        self.world.reporter.report(
            "CL0401",
            operand.span,
            f"`{operator}` works on {_plural(wanted)}, but this is {describe(got)}",
        )
        return None

    def comparison(self, node: n.CompareExpression) -> Known | None:
        values = [self.value(operand) for operand in node.operands]
        result = True
        for i, operator in enumerate(node.operators):
            left, right = values[i], values[i + 1]
            if left is None or right is None:
                return None
            if not self.comparable(node.operands[i + 1], operator, left.type, right.type):
                return None
            result = result and compare(operator, left.value, right.value)
        return Known(result, BOOL)

    def comparable(self, node: n.Expression, operator: str, left: Type, right: Type) -> bool:
        report = self.world.reporter.report
        if left != right:
            text = f"{describe(left)} is never equal to {describe(right)}"
            report("CL0406", node.span, f"this comparison makes no sense: {text}")
            return False
        if operator not in ("==", "!=") and left != INT:
            report("CL0407", node.span, f"`{operator}` orders integers, not {describe(left)}")
            return False
        return True

    def call(self, node: n.CallExpression) -> Known | None:
        callee = node.callee
        name = callee.name if isinstance(callee, n.NameExpression) else ""
        if (
            name not in ("min", "max", "abs", "len")
            or self.world.find(name, self.space) is not (self.world.builtins[name])
        ):
            return self.not_constant(node, "functions run when the program runs")
        self.world.refs[callee.id] = self.world.builtins[name].symbol  # type: ignore[assignment]
        arguments = [self.value(argument) for argument in node.arguments]
        known = [argument for argument in arguments if argument is not None]
        if len(known) < len(arguments):
            return None
        return self.builtin(node, name, known)

    def builtin(self, node: n.CallExpression, name: str, known: list[Known]) -> Known | None:
        least, most = BUILTIN_ARITY[name]
        if not least <= len(known) <= most:
            self.world.reporter.report("CL0404", node.span, arity_of_builtin(name, len(known)))
            return None
        if name == "len":
            kind = known[0].type
            if isinstance(kind, ArrayType):
                return Known(kind.length, INT)
            return self.mismatch(node.arguments[0], "len", ArrayType(INT, 0), kind)
        for argument, item in zip(node.arguments, known, strict=True):
            if item.type != INT:
                return self.mismatch(argument, name, INT, item.type)
        numbers = [item.value for item in known if isinstance(item.value, int)]
        if name == "abs":
            return self.integers(node, "-" if numbers[0] < 0 else "+", 0, numbers[0])
        return Known(min(numbers) if name == "min" else max(numbers), INT)

    def index_into(self, node: n.IndexExpression) -> Known | None:
        base, index = self.value(node.base), self.integer(node.index)
        if base is None or index is None:
            return None
        if not isinstance(base.type, ArrayType) or not isinstance(base.value, tuple):
            self.world.reporter.report(
                "CL0412", node.span, f"this is {describe(base.type)}, which has no elements"
            )
            return None
        if not 0 <= index < len(base.value):
            report_index(self.world, node.index, index, len(base.value))
            return None
        return Known(base.value[index], base.type.item)

    def array(self, node: n.ArrayExpression) -> Known | None:
        items = [self.value(item) for item in node.items]
        known = [item for item in items if item is not None]
        if len(known) < len(items):
            return None
        if not known:
            self.world.reporter.report("CL0605", node.span, "an array needs at least one element")
            return None
        for item, item_node in zip(known, node.items, strict=True):
            if item.type != known[0].type:
                self.world.reporter.report(
                    "CL0415",
                    item_node.span,
                    f"all elements of an array have one type: this is {describe(item.type)}",
                    at=((node.items[0].span, f"and this is {describe(known[0].type)}"),),
                )
                return None
        return Known(tuple(item.value for item in known), ArrayType(known[0].type, len(known)))

    def tuple(self, node: n.TupleExpression) -> Known | None:
        items = [self.value(item) for item in node.items]
        known = [item for item in items if item is not None]
        if len(known) < len(items):
            return None
        kinds = TupleType(tuple([item.type for item in known]))
        return Known(tuple([item.value for item in known]), kinds)

    def text(self, node: n.StringLiteral) -> Known | None:
        parts = node.parts
        if any(not isinstance(part, str) for part in parts):
            return self.not_constant(node, "it has `{…}` in it")
        return Known("".join(part for part in parts if isinstance(part, str)), STR)

    def decimal(self, node: n.DecimalLiteral) -> Known | None:
        report_decimal(self.world, node)
        return None


BUILTIN_ARITY = {"min": (2, 1000), "max": (2, 1000), "abs": (1, 1), "len": (1, 1)}


def arity_of_builtin(name: str, given: int) -> str:
    """The complaint about a wrong number of arguments of a built-in function."""
    wanted = "one argument" if BUILTIN_ARITY[name] == (1, 1) else "two arguments or more"
    return f"`{name}` takes {wanted}, not {given}"


def report_decimal(world: World, node: n.DecimalLiteral) -> None:
    """Say that values are whole."""
    world.reporter.report(
        "CL0618",
        node.span,
        f"`{node.text}` is no integer",
        help="values are whole numbers; decimals may stand in `expect timed` only",
    )


def report_index(world: World, node: n.Expression, index: int, length: int) -> None:
    """Say that a known index is outside its array."""
    text = f"index {index} is out of range: " + index_range(0, length)
    world.reporter.report("CL0617", node.span, text)


def index_range(first: int, end: int) -> str:
    """What may stand between the brackets."""
    if end - first == 1:
        return f"there is only element {first}"
    return f"the elements are {first} to {end - 1}"


def _plural(kind: Type) -> str:
    if isinstance(kind, ArrayType):
        return "arrays"
    return "integers" if kind == INT else "booleans"


_HANDLERS: dict[type[n.Expression], Callable[..., Known | None]] = {
    n.IntLiteral: Evaluator.literal,
    n.BoolLiteral: lambda self, node: Known(node.value, BOOL),
    n.StringLiteral: Evaluator.text,
    n.DecimalLiteral: Evaluator.decimal,
    n.NameExpression: Evaluator.name,
    n.ParenExpression: lambda self, node: self.value(node.inner),
    n.UnaryExpression: Evaluator.unary,
    n.BinaryExpression: Evaluator.binary,
    n.CompareExpression: Evaluator.comparison,
    n.CallExpression: Evaluator.call,
    n.IndexExpression: Evaluator.index_into,
    n.ArrayExpression: Evaluator.array,
    n.TupleExpression: Evaluator.tuple,
}
