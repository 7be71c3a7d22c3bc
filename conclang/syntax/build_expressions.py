"""Building expressions."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.syntax import nodes, slips_meaning
from conclang.syntax.build import BuilderBase, Kids
from conclang.syntax.strings import pieces, plain_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST = 2**63  # allowed only right after a minus sign
MAX_DIGITS = 19
MAX_DEPTH = 200
ODD_NAMES = slips_meaning.NOTHING | slips_meaning.LITERALS.keys()


class ExpressionBuilder(BuilderBase):
    """One method per rule of the grammar's part on expressions."""

    def bounded(self, node: nodes.Expression, *below: nodes.Expression) -> nodes.Expression:
        """The node, or an error in its place if a later pass could not walk so deep a tree."""
        depths = self.depths
        depth = 0
        for child in below:
            depth = max(depth, depths.get(child.id, 0))
        if depth < MAX_DEPTH:
            depths[node.id] = depth + 1
            return node
        message = f"this expression is more than {MAX_DEPTH} operations deep"
        help = "give parts of it names with `let`"
        start = node.span.start
        self.report("CL0205", Span(start, start + 1), message, help=help)
        return nodes.ErrorExpression(self.new_id(), node.span)

    # --------------------------------------------------------------- literals

    def int_literal(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        token = kids[0]
        span = self.token_span(token)
        digits = self.word(token).replace("_", "")
        if not digits.isdecimal() or digits[0] == "0" < digits[1:]:
            return nodes.ErrorExpression(self.new_id(), span)  # reported when it was read
        if len(digits) <= MAX_DIGITS:
            value = int(digits)
            if value < LARGEST or (value == LARGEST and self._negated(token)):
                return nodes.IntLiteral(self.new_id(), span, value)
        message = "this number is too large: values are 64-bit signed integers"
        note = "the largest is 9223372036854775807"
        self.report("CL0114", span, message, help=note)
        return nodes.ErrorExpression(self.new_id(), span)

    def _negated(self, token: int) -> bool:
        """Does a minus sign of its own stand before this number?"""
        if not token or self.kinds[token - 1] != self.words.number["MINUS"]:
            return False
        return token < 2 or self.kinds[token - 2] not in self.words.operand_ends

    def negative_literal(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return self._unary("-", first, end, self.int_literal(kids[0], end, kids))

    def decimal_literal(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        token = kids[0]
        return nodes.DecimalLiteral(self.new_id(), self.token_span(token), self.word(token))

    def true_literal(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return nodes.BoolLiteral(self.new_id(), self.span(first, end), True)

    def false_literal(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return nodes.BoolLiteral(self.new_id(), self.span(first, end), False)

    def string_literal(self, first: int, end: int, kids: Kids) -> nodes.StringLiteral:
        span = self.token_span(kids[0])
        text = plain_text(self.bag, span)
        return nodes.StringLiteral(self.new_id(), span, (text,) if text else (), False)

    def interpolated(self, value: nodes.Expression) -> nodes.Expression:
        """The same with `{…}` in a text read as expressions."""
        if not isinstance(value, nodes.StringLiteral):
            return value
        parts = pieces(self, value)
        return nodes.StringLiteral(value.id, value.span, parts, True)

    def name_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        token = kids[0]
        span = Span(self.starts[token], self.ends[token])
        text = self.text[span.start : span.end]
        if text in ODD_NAMES:
            return slips_meaning.literal(self, span, text)
        return nodes.NameExpression(self.new_id(), span, text)

    def error_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return nodes.ErrorExpression(self.new_id(), self.span(first, end))

    # -------------------------------------------------------------- operators

    def binary_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        left, operator, right = kids
        return self._binary(self.keyword(operator), left, right)

    def or_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return self._binary("or", *kids)

    def and_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return self._binary("and", *kids)

    def _binary(
        self, operator: str, left: nodes.Expression, right: nodes.Expression
    ) -> nodes.Expression:
        span = Span(left.span.start, right.span.end)
        node = nodes.BinaryExpression(self.new_id(), span, operator, left, right)
        return self.bounded(node, left, right)

    def not_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return self._unary("not", first, end, kids[0])

    def minus_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return self._unary("-", first, end, kids[0])

    def _unary(
        self, operator: str, first: int, end: int, operand: nodes.Expression
    ) -> nodes.Expression:
        node = nodes.UnaryExpression(self.new_id(), self.span(first, end), operator, operand)
        return self.bounded(node, operand)

    def first_comparison(self, first: int, end: int, kids: Kids) -> list[Any]:
        return kids

    def next_comparison(self, first: int, end: int, kids: Kids) -> list[Any]:
        chain: list[Any] = kids[0]
        chain += kids[1:]
        return chain

    def compare_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        chain = kids[0]
        operands, operators = tuple(chain[::2]), tuple(chain[1::2])
        span = Span(operands[0].span.start, operands[-1].span.end)
        node = nodes.CompareExpression(self.new_id(), span, operands, operators)
        return self.bounded(node, *operands)

    def receive_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        node = nodes.ReceiveExpression(self.new_id(), self.span(first, end), kids[0])
        return self.bounded(node, kids[0])

    def await_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        node = nodes.AwaitExpression(self.new_id(), self.span(first, end), kids[0])
        return self.bounded(node, kids[0])

    def join_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        node = nodes.JoinExpression(self.new_id(), self.span(first, end), kids[0])
        return self.bounded(node, kids[0])

    def try_acquire_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        side, target = kids
        return nodes.TryAcquireExpression(self.new_id(), self.span(first, end), side, target)

    def spawn_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        verb, call = self.keyword(kids[0]), kids[1]
        runtime = kids[2] if len(kids) > 2 else None
        callee = call
        arguments: tuple[nodes.Expression, ...] = ()
        if isinstance(call, nodes.CallExpression):
            callee, arguments = call.callee, call.arguments
        else:
            self._not_a_call(verb, call)
        span = self.span(first, end)
        return nodes.SpawnExpression(self.new_id(), span, verb, callee, arguments, runtime)

    def _not_a_call(self, verb: str, call: nodes.Expression) -> None:
        text = self.bag.source.slice(call.span)
        self.report(
            "CL0240",
            call.span,
            f"`{verb}` needs a call of a function",
            help=f"write `{verb} {text}()`, with arguments between the parentheses",
        )

    # ----------------------------------------------------------------- places

    def call_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        callee, arguments = kids[0], tuple(kids[1] or ())
        span = Span(callee.span.start, end)
        if isinstance(callee, nodes.NameExpression) and callee.name == "choose":
            choose = nodes.ChooseExpression(self.new_id(), span, arguments)
            return self.bounded(choose, callee, *arguments)
        for argument in arguments:
            if isinstance(argument, nodes.RangeExpression):
                self._stray_range(argument)
        node = nodes.CallExpression(self.new_id(), span, callee, arguments)
        call = slips_meaning.call(self, node)
        return self.bounded(call, callee, *arguments)

    def _stray_range(self, argument: nodes.RangeExpression) -> None:
        message = "a range is no value"
        help = "ranges stand in `for i in …`, `thread p[i in …]` and `choose(…)`"
        self.report("CL0254", argument.span, message, help=help)

    def index_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        base, index = kids
        node = nodes.IndexExpression(self.new_id(), Span(base.span.start, end), base, index)
        return self.bounded(node, base, index)

    def field_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        base, name = kids[0], self.name(kids[1])
        node = nodes.FieldExpression(self.new_id(), Span(base.span.start, end), base, name)
        return self.bounded(node, base)

    # ---------------------------------------------------------------- several

    def range_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        start, stop = kids
        span = Span(start.span.start, stop.span.end)
        return nodes.RangeExpression(self.new_id(), span, start, stop)

    def array_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        items = tuple(kids[0] or ())
        node = nodes.ArrayExpression(self.new_id(), self.span(first, end), items)
        return self.bounded(node, *items)

    def tuple_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        items = (kids[0], *(kids[1] or ()))
        node = nodes.TupleExpression(self.new_id(), self.span(first, end), items)
        return self.bounded(node, *items)

    def paren_expression(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        node = nodes.ParenExpression(self.new_id(), self.span(first, end), kids[0])
        return self.bounded(node, kids[0])
