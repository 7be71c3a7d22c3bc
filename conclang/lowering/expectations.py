"""`expect` lines to `Expected` records.

Conditions over memory become small codes that PEEK at the whole state and end in VERDICT;
conditions over a timed run become `TimedExpr` trees, for their values exist only after a run.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.ir.metrics import AGGREGATES
from conclang.ir.ops import OpKind
from conclang.ir.program import Expected, TimedExpr
from conclang.lowering.emit import CodeWriter
from conclang.lowering.expressions import ExpressionLowering
from conclang.lowering.world import World
from conclang.syntax import nodes as n
from conclang.syntax.emit import flat

Words = tuple[int | str, ...]


class ExpectationLowering:
    """Turns the expectations of a scenario into records, in their order."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.outcomes: dict[int, tuple[Words, ...]] = {}  # by site: texts are numbered at the end

    def lower(self, node: n.ExpectDeclaration) -> Expected:
        text = flat(node)
        site = self.world.all.site(node.span)
        return _FORMS[type(node.expectation)](self, node.expectation, text, site)

    def _code(self, node: n.Expression, name: str) -> int:
        """A code that computes one expression over the whole state."""
        writer = CodeWriter(self.world.all, name, peeks=True)
        lowering = ExpressionLowering(writer, self.world)
        with writer.at(node.span):
            width = lowering.width(node)
            first = lowering.value(node, writer.temporary(max(width, 1)))
            writer.emit(OpKind.VERDICT, first, width)
        return writer.finish(0, lowering.world.shape_of(node), True, node.span)

    def _state(self, node: n.ExpectState, text: str, site: int) -> Expected:
        return Expected(node.mode, text, site, code=self._code(node.condition, text))

    def _leads_to(self, node: n.ExpectLeadsTo, text: str, site: int) -> Expected:
        first, second = self._code(node.cause, text), self._code(node.effect, text)
        return Expected("leads_to", text, site, code=first, code2=second)

    def _outcomes(self, node: n.ExpectOutcomes, text: str, site: int) -> Expected:
        value = _bare(node.value)
        self.outcomes[site] = tuple(self.world.flat_value(item) for item in node.outcomes)
        return Expected(
            "outcomes",
            text,
            site,
            code=self._code(value, text),
            shape=self.world.shape_of(value),
            key=flat(node.value),
        )

    def _at_most(self, node: n.ExpectAtMost, text: str, site: int) -> Expected:
        limit = self.world.folded(node.limit)
        section = self.world.section_named(node.section)
        return Expected("at_most", text, site, limit=int(limit or 0), section=section)

    def _flaw(self, node: n.ExpectFlaw, text: str, site: int) -> Expected:
        target = None if node.target is None else self.world.target(node.target)
        name = "" if node.target is None else self.world.symbol(node.target).qualified_name
        return Expected(
            "flaw",
            text,
            site,
            flaw=node.flaw,
            forbidden=node.forbidden,
            target=target,
            target_name=name,
        )

    def _error(self, node: n.ExpectError, text: str, site: int) -> Expected:
        pattern = "".join(part for part in node.text.parts if isinstance(part, str))
        return Expected("error", text, site, pattern=pattern)

    def _timed(self, node: n.ExpectTimed, text: str, site: int) -> Expected:
        cores = None if node.cores is None else self.world.folded(node.cores)
        return Expected(
            "timed",
            text,
            site,
            timed=self.timed(node.condition),
            policy=None if node.policy is None else self.world.policy(node.policy),
            cores=None if cores is None else int(cores),
        )

    # -- metrics

    def timed(self, node: n.Expression) -> TimedExpr:
        folded = self.world.folded(node)
        if folded is not None:
            return TimedExpr("number", (str(int(folded)),))
        return _TIMED[type(node)](self, node)

    def _timed_binary(self, node: n.BinaryExpression) -> TimedExpr:
        return TimedExpr(node.operator, (self.timed(node.left), self.timed(node.right)))

    def _timed_unary(self, node: n.UnaryExpression) -> TimedExpr:
        operator = "negate" if node.operator == "-" else "not"
        return TimedExpr(operator, (self.timed(node.operand),))

    def _timed_compare(self, node: n.CompareExpression) -> TimedExpr:
        operands = [self.timed(operand) for operand in node.operands]
        links = [
            TimedExpr(operator, (operands[at], operands[at + 1]))
            for at, operator in enumerate(node.operators)
        ]
        return links[0] if len(links) == 1 else TimedExpr("and", tuple(links))

    def _timed_call(self, node: n.CallExpression) -> TimedExpr:
        name = self.world.symbol(node.callee).name
        if name in ("min", "max", "abs"):
            return TimedExpr(name, tuple(self.timed(item) for item in node.arguments))
        argument = node.arguments[0]
        if name in AGGREGATES:
            return TimedExpr(name, (flat(argument),))
        return TimedExpr("metric", (name, self.world.thread_name(argument)))

    def _timed_name(self, node: n.NameExpression) -> TimedExpr:
        return TimedExpr("metric", (node.name, None))


def _bare(node: n.Expression) -> n.Expression:
    """Without the parentheses around the whole: `(a, b)` in parentheses is the tuple."""
    while isinstance(node, n.ParenExpression):
        node = node.inner
    return node


_E = ExpectationLowering
_FORMS: dict[type, Callable[..., Expected]] = {
    n.ExpectState: _E._state,
    n.ExpectLeadsTo: _E._leads_to,
    n.ExpectOutcomes: _E._outcomes,
    n.ExpectAtMost: _E._at_most,
    n.ExpectFlaw: _E._flaw,
    n.ExpectError: _E._error,
    n.ExpectTimed: _E._timed,
}
_TIMED: dict[type, Callable[..., TimedExpr]] = {
    n.DecimalLiteral: lambda self, node: TimedExpr("number", (node.text,)),
    n.IntLiteral: lambda self, node: TimedExpr("number", (str(node.value),)),
    n.ParenExpression: lambda self, node: self.timed(node.inner),
    n.BinaryExpression: _E._timed_binary,
    n.UnaryExpression: _E._timed_unary,
    n.CompareExpression: _E._timed_compare,
    n.CallExpression: _E._timed_call,
    n.NameExpression: _E._timed_name,
    n.BoolLiteral: lambda self, node: TimedExpr("number", (str(int(node.value)),)),
}
