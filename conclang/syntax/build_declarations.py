"""Building declarations, policies, expectations and the file."""

from __future__ import annotations

import re

from conclang.diagnostics.source import Span
from conclang.syntax import nodes
from conclang.syntax.build import Kids
from conclang.syntax.build_statements import StatementBuilder
from conclang.syntax.keywords import FLAWS


class Builder(StatementBuilder):
    """One method per rule of the rest of the grammar; with it the builder is complete."""

    def scenario(self, first: int, end: int, kids: Kids) -> nodes.Scenario:
        span = Span(0, len(self.text))
        declarations = self._all(kids)
        return nodes.Scenario(self.new_id(), span, self.title_node, declarations)

    def _all(self, kids: Kids) -> tuple[nodes.Declaration, ...]:
        declarations, last = kids
        return tuple(declarations) if last is None else (*declarations, last)

    def title(self, first: int, end: int, kids: Kids) -> None:
        if first == 0:
            self.title_node = self.string_literal(kids[0], end, kids)
            return
        span = self.span(first, end)
        if self.title_node is None:
            message = "the title must be the first thing in the file"
            self.report("CL0241", span, message, help="move this line to the top of the file")
        else:
            message = "a file has only one title"
            self.report("CL0241", span, message, help="leave out this line")

    def error_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        names = tuple(self.name(token) for token in self.lost_names.get(kids[0], ()))
        return nodes.ErrorDeclaration(self.new_id(), self.span(first, end), names)

    # ---------------------------------------------------------------- machine

    def processor_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        name, settings = self.name(kids[0]), tuple(kids[1])
        return nodes.ProcessorDeclaration(self.new_id(), self.span(first, end), name, settings)

    def runtime_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        name, size, settings = self.name(kids[0]), kids[1], tuple(kids[2])
        span = self.span(first, end)
        return nodes.RuntimeDeclaration(self.new_id(), span, name, size, settings)

    def process_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        name, declarations = self.name(kids[0]), self._all(kids[1:])
        return nodes.ProcessDeclaration(self.new_id(), self.span(first, end), name, declarations)

    def setting(self, first: int, end: int, kids: Kids) -> nodes.Setting:
        name = self.name(kids[0])
        return nodes.Setting(self.new_id(), self.span(first, end), name, kids[1])

    def cost_setting(self, first: int, end: int, kids: Kids) -> nodes.Setting:
        name = self.name(kids[0])
        braces = Span(self.starts[kids[0] + 1], end)
        table = nodes.CostTable(self.new_id(), braces, tuple(kids[1]))
        return nodes.Setting(self.new_id(), self.span(first, end), name, table)

    def broken_setting(self, first: int, end: int, kids: Kids) -> None:
        return None

    # ---------------------------------------------------------------- objects

    def const_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        name, value = self.name(kids[0]), kids[1]
        if isinstance(value, int):  # the number of an ERR token
            value = self.error_expression(value, end, [])
        return nodes.ConstDeclaration(self.new_id(), self.span(first, end), name, value)

    def cell_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        kind, name, size, value = self.keyword(kids[0]), self.name(kids[1]), kids[2], kids[3]
        span = self.span(first, end)
        if value is None:
            self._no_value(span, kind)
        return nodes.CellDeclaration(self.new_id(), span, kind, name, size, value)

    def _no_value(self, span: Span, kind: str) -> None:
        text = self.bag.source.slice(span)
        self.report(
            "CL0242",
            span,
            f"this {'atomic cell' if kind == 'atomic' else 'shared variable'} has no first value",
            help=f"write `{text} = 0`",
        )

    def broken_cell(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        value = self.error_expression(kids[2], end, [])
        return self.cell_declaration(first, end, [kids[0], kids[1], None, value])

    def object_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        kind, token, size, argument, options = kids
        name, span = self.name(token), self.span(first, end)
        return nodes.ObjectDeclaration(
            self.new_id(), span, kind, name, size, argument, tuple(options or ())
        )

    def broken_object(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        return self.object_declaration(first, end, [*kids[:3], None, None])

    def option(self, first: int, end: int, kids: Kids) -> nodes.Option:
        name = self.name(kids[0])
        return nodes.Option(self.new_id(), self.span(first, end), name, kids[1])

    # ---------------------------------------------------- functions, threads

    def function_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        name, parameters, body = self.name(kids[0]), tuple(kids[1] or ()), kids[2]
        span = self.span(first, end)
        return nodes.FunctionDeclaration(self.new_id(), span, name, parameters, body)

    def broken_function(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        return self.function_declaration(first, end, [kids[0], (), kids[2]])

    def thread_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        token, many, attributes, body = kids
        name = self.name(token)
        index, span_of_many = many or (None, None)
        return nodes.ThreadDeclaration(
            self.new_id(),
            self.span(first, end),
            name,
            index,
            span_of_many,
            tuple(attributes or ()),
            body,
        )

    def broken_thread(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        return self.thread_declaration(first, end, [kids[0], kids[1], None, kids[3]])

    def thread_range(
        self, first: int, end: int, kids: Kids
    ) -> tuple[nodes.Name, nodes.RangeExpression]:
        return self.name(kids[0]), kids[1]

    def bare_thread_range(
        self, first: int, end: int, kids: Kids
    ) -> tuple[nodes.Name, nodes.RangeExpression]:
        """`thread p[5]`: five threads, and a name for the number of each is missing."""
        size: nodes.Expression = kids[0]
        span = self.span(first, end)
        text = self.bag.source.slice(size.span)
        if text in ("i", "j", "k"):
            text = "n"  # the name for the number, most likely
        self.report(
            "CL0243",
            span,
            "the threads of an array need a name for their number",
            help=f"write `[i in 0..{text}]`; `i` is then the number of each thread",
        )
        index = nodes.Name(self.new_id(), size.span, "_")
        start = nodes.IntLiteral(self.new_id(), size.span, 0)
        return index, nodes.RangeExpression(self.new_id(), size.span, start, size)

    def attribute(self, first: int, end: int, kids: Kids) -> nodes.Attribute:
        name = self.name(kids[0])
        return nodes.Attribute(self.new_id(), self.span(first, end), name, kids[1])

    # --------------------------------------------------------------- policies

    def policy(self, first: int, end: int, kids: Kids) -> nodes.Policy:
        arguments = tuple(kids[1] or ()) if len(kids) > 1 else ()
        token = kids[0]
        name = nodes.Name(self.new_id(), self.token_span(token), self.meaning(token))
        return nodes.Policy(self.new_id(), self.span(first, end), name, arguments)

    def broken_policy(self, first: int, end: int, kids: Kids) -> nodes.Expression:
        return self.error_expression(first, end, kids)

    def script_policy(self, first: int, end: int, kids: Kids) -> nodes.Policy:
        name, entries = self.name(kids[0]), kids[1]
        argument = nodes.PolicyArgument(self.new_id(), entries.span, None, entries)
        return nodes.Policy(self.new_id(), self.span(first, end), name, (argument,))

    def policy_argument(self, first: int, end: int, kids: Kids) -> nodes.PolicyArgument:
        name = None if kids[0] is None else self.name(kids[0])
        return nodes.PolicyArgument(self.new_id(), self.span(first, end), name, kids[1])

    # ----------------------------------------------------------- expectations

    def expect_declaration(self, first: int, end: int, kids: Kids) -> nodes.Declaration:
        span = self.span(first, end)
        if kids[0] is None:
            return nodes.ErrorDeclaration(self.new_id(), span, ())
        return nodes.ExpectDeclaration(self.new_id(), span, kids[0])

    def broken_expectation(self, first: int, end: int, kids: Kids) -> None:
        return None

    def expect_state(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        mode = self.meaning(kids[0]) or "finally"  # put in by recovery
        condition = kids[1]
        if isinstance(condition, nodes.NameExpression) and condition.name in FLAWS:
            self._flaw_as_state(mode, condition)
        return nodes.ExpectState(self.new_id(), self.span(first, end), mode, kids[1])

    def _flaw_as_state(self, mode: str, condition: nodes.NameExpression) -> None:
        """`expect never deadlock`, unless there is a variable of that name."""
        flaw = condition.name
        if re.search(rf"\b(shared|atomic|const)\s+{flaw}\b", self.text):
            return
        words = f"no {flaw}" if mode in ("never",) else flaw
        message = f"`{flaw}` is a flaw of schedules, not a condition on states"
        self.report("CL0251", condition.span, message, help=f"write `expect {words}`")

    def expect_leads_to(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        return nodes.ExpectLeadsTo(self.new_id(), self.span(first, end), *kids)

    def expect_outcomes(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        value, outcomes = kids[0], tuple(kids[1] or ())
        return nodes.ExpectOutcomes(self.new_id(), self.span(first, end), value, outcomes)

    def expect_at_most(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        return nodes.ExpectAtMost(self.new_id(), self.span(first, end), *kids)

    def expect_flaw(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        forbidden, flaw, target = kids
        span = self.span(first, end)
        return nodes.ExpectFlaw(
            self.new_id(), span, self.meaning(flaw), forbidden is not None, target
        )

    def expect_error(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        text = self.string_literal(kids[0], end, kids)
        return nodes.ExpectError(self.new_id(), self.span(first, end), text)

    def expect_timed_turned(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        return self.expect_timed(first, end, [kids[0], kids[2], kids[1]])

    def expect_timed(self, first: int, end: int, kids: Kids) -> nodes.Expectation:
        return nodes.ExpectTimed(self.new_id(), self.span(first, end), *kids)
