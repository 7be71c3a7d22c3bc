"""The meaning of a scenario: all passes in order.

Names first, then constants (which need names), then the heads of declarations (which need
constants), then bodies and expectations (which need everything). A mistake is reported and worked
round: the tables then have holes, but no pass ever stops the next.
"""

from __future__ import annotations

from collections.abc import Mapping

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import SourceText
from conclang.semantics.bodies import check_bodies
from conclang.semantics.borders import check_borders
from conclang.semantics.bursts import check_bursts
from conclang.semantics.collect import collect
from conclang.semantics.const_order import evaluate_constants
from conclang.semantics.declare import declare
from conclang.semantics.expectations import check_expectations
from conclang.semantics.resolved import Resolved, ScopedExpectation, Signature
from conclang.semantics.types import BOOL, INT
from conclang.semantics.unify import Freezer
from conclang.semantics.unused import warn_unused
from conclang.semantics.world import World
from conclang.syntax.nodes import Scenario


def analyse(
    scenario: Scenario, source: SourceText, overrides: Mapping[str, str | int]
) -> tuple[Resolved, Bag]:
    """What a scenario means, and what is wrong with it."""
    world = World(scenario, overrides)
    collect(world)
    evaluate_constants(world)
    declare(world)
    check_bodies(world)
    expectations = check_expectations(world)
    for _, check in world.deferred:
        check()
    check_borders(world)
    resolved = frozen(world, expectations)
    check_bursts(resolved, world.reporter)
    warn_unused(world)
    bag = Bag(source)
    world.reporter.hand_over(bag)
    return resolved, bag


def frozen(world: World, expectations: tuple[ScopedExpectation, ...]) -> Resolved:
    """The tables, with every type settled."""
    freeze = Freezer().freeze
    return Resolved(
        world.scenario,
        title_of(world.scenario),
        tuple(world.symbols),
        world.refs,
        {key: k if k is INT or k is BOOL else freeze(k) for key, k in world.types.items()},
        world.constants,
        {index: freeze(kind) for index, kind in world.symbol_types.items()},
        {
            index: Signature(tuple([freeze(p) for p in s.parameters]), freeze(s.result))
            for index, s in world.signatures.items()
        },
        world.policies,
        expectations,
    )


def title_of(scenario: Scenario) -> str:
    """The text after `scenario`."""
    if scenario.title is None:
        return ""
    return "".join([part for part in scenario.title.parts if isinstance(part, str)])
