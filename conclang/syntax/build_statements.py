"""Building statements."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.syntax import nodes, slips_meaning
from conclang.syntax.build import Kids
from conclang.syntax.build_expressions import ExpressionBuilder

# Expressions that may stand alone.
DOES_SOMETHING = (
    nodes.ReceiveExpression,
    nodes.AwaitExpression,
    nodes.JoinExpression,
    nodes.TryAcquireExpression,
    nodes.SpawnExpression,
    nodes.ParenExpression,
    nodes.ChooseExpression,
)
MAX_CHAIN = 200


class StatementBuilder(ExpressionBuilder):
    """One method per rule of the grammar's part on statements."""

    def let_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        name = (self.name(kids[0]),)
        return nodes.LetStatement(self.new_id(), self.span(first, end), name, kids[1])

    def let_several(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        names, value = kids
        return nodes.LetStatement(self.new_id(), self.span(first, end), tuple(names), value)

    def broken_let(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        value = self.error_expression(kids[1], end, [])
        return self.let_statement(first, end, [kids[0], value])

    def assign_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        target, operator, value = kids
        slips_meaning.target(self, target, value)
        span = self.span(first, end)
        return nodes.AssignStatement(self.new_id(), span, target, operator, value)

    def expression_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        value = kids[0]
        if isinstance(value, nodes.ErrorExpression):
            return nodes.ErrorStatement(self.new_id(), self.span(first, end))
        if isinstance(value, nodes.CallExpression):
            meant = slips_meaning.call_statement(self, value)
            if meant is not None:
                return meant
        elif not isinstance(value, DOES_SOMETHING):
            slips_meaning.no_effect(self, value)
            return nodes.ErrorStatement(self.new_id(), self.span(first, end))
        return nodes.ExpressionStatement(self.new_id(), self.span(first, end), value)

    def error_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        """A broken header; the block under it has been read and is kept."""
        condition = self.error_expression(kids[0], self.ends[kids[0]], [])
        span = self.span(first, end)
        return nodes.IfStatement(self.new_id(), span, condition, kids[1], None)

    # ---------------------------------------------------------- control flow

    def if_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        condition, then, otherwise = kids
        span = self.span(first, end)
        if isinstance(otherwise, nodes.IfStatement) and self.deeper(otherwise) > MAX_CHAIN:
            message = f"more than {MAX_CHAIN} `else if` in a row"
            help = "use an array, or a function with `return`"
            self.report(
                "CL0205", Span(otherwise.span.start, otherwise.span.start + 2), message, help=help
            )
            otherwise = None
        node = nodes.IfStatement(self.new_id(), span, condition, then, otherwise)
        if otherwise is not None:
            self.depths[node.id] = self.deeper(otherwise)
        return node

    def while_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.WhileStatement(self.new_id(), self.span(first, end), *kids)

    def loop_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.LoopStatement(self.new_id(), self.span(first, end), *kids)

    def repeat_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.RepeatStatement(self.new_id(), self.span(first, end), *kids)

    def for_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        token, iterable, body = kids
        name = self.name(token)
        iterable = slips_meaning.iterable(self, iterable)
        return nodes.ForStatement(self.new_id(), self.span(first, end), name, iterable, body)

    def broken_for(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        token, error, body = kids
        iterable = self.error_expression(error, self.ends[error], [])
        return self.for_statement(first, end, [token, iterable, body])

    def break_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.BreakStatement(self.new_id(), self.span(first, end))

    def continue_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.ContinueStatement(self.new_id(), self.span(first, end))

    def return_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.ReturnStatement(self.new_id(), self.span(first, end), *kids)

    # ------------------------------------------------------------------- time

    def work_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.WorkStatement(self.new_id(), self.span(first, end), *kids)

    def sleep_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.SleepStatement(self.new_id(), self.span(first, end), *kids)

    def io_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.IoStatement(self.new_id(), self.span(first, end), *kids)

    def yield_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.YieldStatement(self.new_id(), self.span(first, end))

    # -------------------------------------------------------- synchronisation

    def lock_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.LockStatement(self.new_id(), self.span(first, end), *kids)

    def rw_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        side, target, body = kids
        span = self.span(first, end)
        return nodes.RwStatement(self.new_id(), span, self.keyword(side), target, body)

    def operate_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        verb, side, target = kids
        span = self.span(first, end)
        return nodes.OperateStatement(self.new_id(), span, self.keyword(verb), side, target)

    def plain_operate(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return self.operate_statement(first, end, [kids[0], None, kids[1]])

    def send_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.SendStatement(self.new_id(), self.span(first, end), *kids)

    def atomic_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.AtomicStatement(self.new_id(), self.span(first, end), *kids)

    def section_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        name = self.name(kids[0])
        return nodes.SectionStatement(self.new_id(), self.span(first, end), name, kids[1])

    # ----------------------------------------------------------------- select

    def select_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        return nodes.SelectStatement(self.new_id(), self.span(first, end), tuple(kids[0]))

    def receive_arm(self, first: int, end: int, kids: Kids) -> nodes.SelectArm:
        token, channel, body = kids
        span = self.span(first, end)
        names = (self.name(token),)
        return nodes.SelectArm(self.new_id(), span, "receive", names, channel, None, body)

    def receive_pair_arm(self, first: int, end: int, kids: Kids) -> nodes.SelectArm:
        names, channel, body = kids
        span = self.span(first, end)
        return nodes.SelectArm(self.new_id(), span, "receive", tuple(names), channel, None, body)

    def receive_only_arm(self, first: int, end: int, kids: Kids) -> nodes.SelectArm:
        return self.receive_pair_arm(first, end, [(), *kids])

    def send_arm(self, first: int, end: int, kids: Kids) -> nodes.SelectArm:
        channel, value, body = kids
        span = self.span(first, end)
        return nodes.SelectArm(self.new_id(), span, "send", (), channel, value, body)

    def after_arm(self, first: int, end: int, kids: Kids) -> nodes.SelectArm:
        value, body = kids
        span = self.span(first, end)
        return nodes.SelectArm(self.new_id(), span, "after", (), None, value, body)

    def default_arm(self, first: int, end: int, kids: Kids) -> nodes.SelectArm:
        span = self.span(first, end)
        return nodes.SelectArm(self.new_id(), span, "default", (), None, None, kids[0])

    def broken_arm(self, first: int, end: int, kids: Kids) -> nodes.SelectArm:
        error, body = kids
        channel = self.error_expression(error, self.ends[error], [])
        return self.receive_only_arm(first, end, [channel, body])

    # ----------------------------------------------------------------- saying

    def print_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        value = self.interpolated(kids[0])
        return nodes.PrintStatement(self.new_id(), self.span(first, end), value)

    def assert_statement(self, first: int, end: int, kids: Kids) -> nodes.Statement:
        condition, message = kids
        if message is None and isinstance(condition, nodes.TupleExpression):
            condition, message = self._assert_call(condition)
        if message is not None:
            message = self.interpolated(message)
        return nodes.AssertStatement(self.new_id(), self.span(first, end), condition, message)

    def _assert_call(
        self, pair: nodes.TupleExpression
    ) -> tuple[nodes.Expression, nodes.Expression | None]:
        """`assert(e, "message")` reads as a tuple, which would always hold."""
        texts = [self.bag.source.slice(item.span) for item in pair.items]
        help = f"write `assert {', '.join(texts)}`"
        self.report("CL0235", pair.span, "`assert` is written without parentheses", help=help)
        return pair.items[0], pair.items[1] if len(pair.items) > 1 else None
