"""Pass 5: the `expect` lines of the top level and of every process, in the order of the file."""

from __future__ import annotations

from collections.abc import Callable

from conclang.semantics.constants import Evaluator, Known
from conclang.semantics.contradictions import Claims
from conclang.semantics.flaws import flaw_target
from conclang.semantics.observing import Observer
from conclang.semantics.operands import plain
from conclang.semantics.resolved import ScopedExpectation
from conclang.semantics.symbols import Kind, Symbol
from conclang.semantics.types import Type
from conclang.semantics.unify import prune, unify
from conclang.semantics.world import Space, World
from conclang.syntax import nodes as n

MOST_CORES = 4096


def check_expectations(world: World) -> tuple[ScopedExpectation, ...]:
    """Check every `expect` line and note what its names mean."""
    found: list[ScopedExpectation] = []
    claims = Claims(world)
    metrics: dict[str, Symbol] = {}

    def check(declarations: tuple[n.Declaration, ...], space: Space) -> None:
        checker = Expectations(world, space, claims, metrics)
        for declaration in declarations:
            if isinstance(declaration, n.ExpectDeclaration):
                checker.check(declaration.expectation)
                found.append(ScopedExpectation(declaration, space.process))
            elif isinstance(declaration, n.ProcessDeclaration) and space is world.top:
                inner = world.spaces.get(declaration.name.text)
                if inner is not None and inner.process is world.refs.get(declaration.name.id):
                    check(declaration.declarations, inner)

    check(world.scenario.declarations, world.top)
    return tuple(found)


class Expectations:
    """Checks the expectations of one space."""

    def __init__(
        self, world: World, space: Space, claims: Claims, metrics: dict[str, Symbol]
    ) -> None:
        self.world = world
        self.space = space
        self.claims = claims
        self.report = world.reporter.report
        self.observer = Observer(world, space)
        self.metrics = metrics

    def check(self, node: n.Expectation) -> None:
        """Check one line."""
        _FORMS[type(node)](self, node)

    def state(self, node: n.ExpectState) -> None:
        self.observer.boolean(node.condition, f"expect {node.mode}")
        self.claims.state(node, self.space)

    def leads_to(self, node: n.ExpectLeadsTo) -> None:
        self.observer.boolean(node.cause, "leads to")
        self.observer.boolean(node.effect, "leads to")

    def error(self, node: n.ExpectError) -> None:
        from conclang.semantics.error_texts import check_error_text

        check_error_text(self.world, node)

    def flaw(self, node: n.ExpectFlaw) -> None:
        target = flaw_target(self.observer, node)
        if node.target is None or target is not None:
            self.claims.flaw(node, target)

    # ----------------------------------------------------------------- outcomes

    def outcomes(self, node: n.ExpectOutcomes) -> None:
        wanted = prune(self.observer.value(node.value))
        seen: dict[object, n.Expression] = {}
        for outcome in node.outcomes:
            known = Evaluator(self.world, self.space, "an outcome").value(outcome)
            if known is None or not self.fits(node.value, wanted, outcome, known):
                continue
            first = seen.setdefault(known.value, outcome)
            if first is not outcome:
                text = "this outcome stands here twice"
                self.report("CW0801", outcome.span, text, at=((first.span, "the first time"),))

    def fits(self, value: n.Expression, wanted: Type, outcome: n.Expression, known: Known) -> bool:
        """Has an outcome the type of what it is an outcome of?"""
        if unify(known.type, wanted):
            return True
        words = self.observer.words
        text = f"this outcome is {words(known.type)}, but the value is {words(wanted)}"
        at = ((value.span, f"this is {words(wanted)}"),)
        help = ""
        if type(plain(value)) is n.TupleExpression:
            help = "write each outcome as a tuple, such as `(0, 1)`"
        self.report("CL0805", outcome.span, text, at=at, help=help)
        return False

    # ------------------------------------------------------------------ at most

    def at_most(self, node: n.ExpectAtMost) -> None:
        limit = Evaluator(self.world, self.space, "the limit of `at most`").integer(node.limit)
        if limit is not None and limit < 0:
            text = f"at most {limit} threads makes no sense: the limit is 0 or more"
            self.report("CL0807", node.limit.span, text)
        self.section(plain(node.section))

    def section(self, node: n.Expression) -> None:
        """Check the name of a section: `critical`, or `web.critical`."""
        space, word = self.space, node
        if isinstance(node, n.FieldExpression) and isinstance(plain(node.base), n.NameExpression):
            base = plain(node.base)
            assert isinstance(base, n.NameExpression)
            found = self.world.spaces.get(base.name)
            if found is None:
                text = f"there is no process `{base.name}`"
                spaces = self.world.spaces
                self.world.reporter.misspelt("CL0301", base.span, text, base.name, spaces)
                return
            self.observer.lookup(base)
            space = found
            word = n.NameExpression(node.id, node.name.span, node.name.text)
        if isinstance(word, n.ErrorExpression):
            return
        if not isinstance(word, n.NameExpression):
            text = "`at most N in` takes the name of a section"
            self.report("CL0806", node.span, text, help=_SECTION.format(name="critical"))
            return
        symbol = space.sections.get(word.name)
        if symbol is None and space is self.space and word is node:
            symbol = self.world.top.sections.get(word.name)
        if symbol is None:
            self.no_section(word, space)
        else:
            self.world.refs[node.id] = symbol

    def no_section(self, word: n.NameExpression, space: Space) -> None:
        """Say that no thread has a section of this name."""
        name = word.name
        entry = space.names.get(name)
        if entry is not None and entry.kind is not Kind.ERROR:
            entry.used = True
            text = f"`{name}` is a {entry.kind}, not a section"
            help = "put what is counted into `section inside { … }` and name that"
            at = self.observer.declared(entry)
            self.report("CL0806", word.span, text, at=at, help=help)
            return
        names = [*space.sections]
        for process, other in self.world.spaces.items():
            names += [f"{process}.{section}" for section in other.sections]
            if name in other.sections:
                text = f"the section `{name}` is in process `{process}`"
                help = f"write `{process}.{name}`"
                self.report("CL0806", word.span, text, help=help)
                return
        text = f"no thread has a section `{name}`"
        help = _SECTION.format(name=name)
        self.world.reporter.misspelt("CL0806", word.span, text, name, names, help)

    # -------------------------------------------------------------------- timed

    def timed_run(self, node: n.ExpectTimed) -> None:
        from conclang.semantics.policies import PolicyChecker, check_scripts
        from conclang.semantics.timed import Timed

        Timed(self.world, self.space, self.metrics).condition_of(node.condition)
        if isinstance(node.policy, n.Policy):  # an ErrorExpression if it did not parse
            checker = PolicyChecker(self.world, self.space)
            checker.spec(node.policy)
            check_scripts(checker)
        if node.cores is not None:
            self.cores(node.cores)

    def cores(self, node: n.Expression) -> None:
        count = Evaluator(self.world, self.space, "the number of cores").integer(node)
        if count is None or 1 <= count <= MOST_CORES:
            return
        limit = "at least one core" if count < 1 else f"at most {MOST_CORES} cores"
        text = f"a run needs {limit}, not {count}"
        if count > 1:
            text = f"a run has {limit}, not {count}"
        self.report("CL0817", node.span, text)


_SECTION = "mark the region in the threads: `section {name} {{ … }}`"
_E = Expectations
_FORMS: dict[type[n.Expectation], Callable[..., None]] = {
    n.ExpectState: _E.state,
    n.ExpectLeadsTo: _E.leads_to,
    n.ExpectOutcomes: _E.outcomes,
    n.ExpectAtMost: _E.at_most,
    n.ExpectFlaw: _E.flaw,
    n.ExpectError: _E.error,
    n.ExpectTimed: _E.timed_run,
}
