"""The checked scenario: the tree, untouched, and side tables keyed by node id.

This is all that later stages know of a scenario's meaning. If the bag that `analyse` filled has an
error in it, the tables may have holes, and nobody but an editor should look at them.

Which node is a key of `refs`:

* a NameExpression: what it names (a cell, a local, a lock, a channel, `self`, a metric …);
* a FieldExpression `web.total`: the object in the process (its base names the process); in
  `hits.add(1)` the field has no entry, its base has;
* a Name that introduces a local, a section or a declaration: the symbol introduced. All
  `section S` of one process share one symbol.

`types` has every expression that has a value. A bare name of an array of cells or channels is an
ArrayType. `constants` has every expression whose value is known, literals included.
"""

from __future__ import annotations

from collections.abc import Mapping

from conclang.ir.policy_spec import PolicySpec
from conclang.record import record
from conclang.semantics.symbols import Kind, Symbol, Value
from conclang.semantics.types import Type
from conclang.syntax.nodes import ExpectDeclaration, Scenario


@record
class Signature:
    """Types of a function; UNIT as result if it gives no value."""

    parameters: tuple[Type, ...]
    result: Type


@record
class ScopedExpectation:
    """An `expect` line and the process it stands in (None = top level)."""

    node: ExpectDeclaration
    process: Symbol | None


@record
class Resolved:
    """A scenario and what its names and expressions mean; see the essay above."""

    scenario: Scenario
    title: str
    symbols: tuple[Symbol, ...]  # predeclared ones, declarations in order, then locals in order
    refs: Mapping[int, Symbol]
    types: Mapping[int, Type]
    constants: Mapping[int, Value]
    symbol_types: Mapping[int, Type]  # by Symbol.index: of cells, constants, locals, channels
    signatures: Mapping[int, Signature]  # by Symbol.index of a function
    policies: Mapping[int, PolicySpec]  # by id of a Policy node
    expectations: tuple[ScopedExpectation, ...]

    def of_kind(self, *kinds: Kind) -> list[Symbol]:
        """All symbols of some kinds, in order of declaration."""
        return [symbol for symbol in self.symbols if symbol.kind in kinds]

    def type_of(self, symbol: Symbol) -> Type:
        """The type of what a cell, constant, local or channel holds; arrays as ArrayType."""
        return self.symbol_types[symbol.index]
