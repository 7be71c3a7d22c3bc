"""What the lowering of code needs to know of the whole scenario.

`World` answers questions about the checked tree (what does this name mean, how wide is this value)
and about the numbers that objects get: every cell an address, every other object its position
among those of its kind, every function the index of its code.
"""

from __future__ import annotations

from conclang.ir.policy_spec import PolicySpec
from conclang.ir.program import Shape
from conclang.lowering.emit import Assembler
from conclang.record import new, record
from conclang.semantics import types as t
from conclang.semantics.resolved import Resolved
from conclang.semantics.symbols import Kind, Symbol, ThreadData, Value
from conclang.syntax import nodes as n

CELLS = (Kind.SHARED, Kind.ATOMIC)
_SHAPES: dict[type[t.Type], Shape] = {
    t.IntType: Shape("int"),
    t.BoolType: Shape("bool"),
    t.StrType: Shape("str"),
    t.UnitType: Shape("none"),
    t.HandleType: Shape("handle"),
    t.ChannelType: Shape("channel"),
}


def shape_of_type(kind: t.Type) -> Shape:
    """The words of a value of this type."""
    if isinstance(kind, t.TupleType):
        return Shape("tuple", tuple(shape_of_type(item) for item in kind.items))
    if isinstance(kind, t.ArrayType):
        return Shape("array", (shape_of_type(kind.item),), kind.length)
    return _SHAPES.get(type(kind), _SHAPES[t.IntType])


@record(frozen=False)
class World:
    """Questions about the scenario, answered for the writers of code."""

    resolved: Resolved
    all: Assembler
    bases: dict[Symbol, int] = new(factory=dict)
    runtimes: int = 0  # declared ones; the default runtime is numbered after them
    uses_default_runtime: bool = False
    _shapes: dict[t.Type, Shape] = new(factory=dict)

    # -- names

    def symbol(self, node: n.Expression) -> Symbol:
        return self.resolved.refs[_bare(node).id]

    def declared(self, name: n.Name) -> Symbol:
        return self.resolved.refs[name.id]

    def base(self, symbol: Symbol) -> int:
        return self.bases[symbol]

    def size(self, symbol: Symbol) -> int:
        return 1 if symbol.size is None else symbol.size

    def first(self, symbol: Symbol) -> int:
        """The index of the first of an array or family."""
        return symbol.data.first if isinstance(symbol.data, ThreadData) else 0

    def named(self, node: n.Expression) -> Symbol | None:
        """The symbol that a bare name or `process.name` stands for, if it is one."""
        node = _bare(node)
        if isinstance(node, n.NameExpression | n.FieldExpression):
            return self.resolved.refs.get(node.id)
        return None

    def object_kind(self, node: n.Expression) -> Kind:
        """Which kind of object an operand of a verb is."""
        node = _bare(node)
        if isinstance(node, n.IndexExpression):
            return self.object_kind(node.base)
        kind = self.symbol(node).kind
        return Kind.CHANNEL if kind is Kind.LOCAL else kind

    def section(self, node: n.SectionStatement) -> int:
        return self.bases[self.declared(node.name)]

    def section_named(self, node: n.Expression) -> int:
        return self.bases[self.symbol(node)]

    def default_runtime(self) -> int:
        self.uses_default_runtime = True
        return self.runtimes

    # -- values and types

    def folded(self, node: n.Expression) -> int | bool | str | None:
        """The value of a one-word expression that is known without running."""
        value = self.resolved.constants.get(node.id)
        return None if isinstance(value, tuple) else value

    def shape_of(self, node: n.Expression) -> Shape:
        return self._shape(self.resolved.types[_bare(node).id])

    def shape(self, symbol: Symbol) -> Shape:
        return self._shape(self.resolved.type_of(symbol))

    def _shape(self, kind: t.Type) -> Shape:
        found = self._shapes.get(kind)
        if found is None:
            found = self._shapes[kind] = shape_of_type(kind)
        return found

    def words(self, symbol: Symbol) -> int:
        """Words of memory of a whole cell or array of cells."""
        return self.shape(symbol).width

    def is_channel(self, node: n.Expression) -> bool:
        return isinstance(self.resolved.types.get(_bare(node).id), t.ChannelType)

    def message_shape(self, channel: n.Expression) -> Shape:
        return self.message_of(self.resolved.types[_bare(channel).id])

    def message_of(self, kind: t.Type) -> Shape:
        """What a channel, or each of an array of channels, carries."""
        if isinstance(kind, t.ArrayType):
            kind = kind.item
        return self._shape(kind.item if isinstance(kind, t.ChannelType) else kind)

    def result_shape(self, function: Symbol) -> Shape:
        return self._shape(self.resolved.signatures[function.index].result)

    # -- expectations

    def policy(self, node: n.Policy) -> PolicySpec:
        return self.resolved.policies[node.id]

    def flat_value(self, node: n.Expression) -> tuple[int | str, ...]:
        """The words of a constant; strings stay texts until all are known."""
        words = tuple(_flatten(self.resolved.constants[node.id]))
        self.all.strings.update(word for word in words if isinstance(word, str))
        return words

    def target(self, node: n.Expression) -> tuple[str, int, int]:
        """What `race on x` or `no starvation on m` speaks of: kind, first number, how many."""
        node = _bare(node)
        if isinstance(node, n.IndexExpression):
            kind, first, _ = self.target(node.base)
            return kind, first + int(self.resolved.constants[node.index.id]), 1  # type: ignore[arg-type]
        symbol = self.symbol(node)
        if symbol.kind in CELLS:
            return "cell", self.bases[symbol], self.words(symbol)
        return str(symbol.kind.value), self.bases[symbol], self.size(symbol)

    def thread_name(self, node: n.Expression) -> str:
        """The name under which a run's metrics list a thread: `alice`, `web.worker[2]`."""
        node = _bare(node)
        if isinstance(node, n.IndexExpression):
            index = self.resolved.constants[node.index.id]
            return f"{self.symbol(node.base).qualified_name}[{index}]"
        return self.symbol(node).qualified_name


def _bare(node: n.Expression) -> n.Expression:
    while isinstance(node, n.ParenExpression):
        node = node.inner
    return node


def _flatten(value: Value) -> list[int | str]:
    if isinstance(value, tuple):
        return [word for item in value for word in _flatten(item)]
    return [value if isinstance(value, str) else int(value)]
