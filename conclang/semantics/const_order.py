"""Pass 2: the values of all constants, in the order in which they need each other.

Constants may stand in any order; the walk over what needs what keeps its own stack, so a long
chain of constants costs no recursion. A constant that needs itself is reported once.
"""

from __future__ import annotations

from conclang.semantics import defines
from conclang.semantics.constants import Evaluator, Known
from conclang.semantics.symbols import ConstantData, Kind
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n


def evaluate_constants(world: World) -> None:
    """Give every constant its value and its symbol."""
    overrides = defines.targets(world)
    order = _Order(world)
    for space in world.every_space():
        for entry in space.names.values():
            if entry.kind is Kind.CONSTANT:
                order.visit(entry, space)
    for entry, space in order.sorted:
        node = entry.node
        assert isinstance(node, n.ConstDeclaration)
        known = None
        if id(entry) not in order.looping:
            known = Evaluator(world, space, "the value of a constant").value(node.value)
        if id(entry) in overrides:
            name, value = overrides[id(entry)]
            known = defines.given(world, name, value, known.type if known else None)
        _declare(world, entry, space, node, known)


def _declare(
    world: World, entry: Entry, space: Space, node: n.ConstDeclaration, known: Known | None
) -> None:
    if known is None:
        entry.kind = Kind.ERROR
        entry.used = True
        world.refs[node.name.id] = world.symbol(entry, space.process)
        return
    symbol = world.symbol(entry, space.process, data=ConstantData(known.value))
    world.refs[node.name.id] = symbol
    world.symbol_types[symbol.index] = known.type


class _Order:
    """Sorts constants so that each stands after those it needs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sorted: list[tuple[Entry, Space]] = []
        self.looping: set[int] = set()
        self.done: set[int] = set()

    def visit(self, entry: Entry, space: Space) -> None:
        if id(entry) in self.done:
            return
        path: dict[int, Entry] = {id(entry): entry}
        stack = [(entry, space, self.needs(entry, space))]
        while stack:
            current, home, needed = stack[-1]
            if not needed:
                stack.pop()
                path.pop(id(current), None)
                self.done.add(id(current))
                self.sorted.append((current, home))
                continue
            following, its_space = needed.pop()
            if id(following) in path:
                self.report_loop(current, following)
            elif id(following) not in self.done:
                path[id(following)] = following
                stack.append((following, its_space, self.needs(following, its_space)))

    def report_loop(self, entry: Entry, needed: Entry) -> None:
        self.looping.add(id(entry))
        text = f"the value of `{entry.name}` needs itself"
        if entry is not needed:
            text = f"`{entry.name}` needs `{needed.name}`, whose value needs `{entry.name}`"
        at = ((needed.span, "declared here"),) if entry is not needed else ()
        self.world.reporter.report("CL0604", entry.span, text, at=at)

    def needs(self, entry: Entry, space: Space) -> list[tuple[Entry, Space]]:
        """The constants named in the value of a constant, last first."""
        node = entry.node
        if not isinstance(node, n.ConstDeclaration):
            return []
        found: list[tuple[Entry, Space]] = []
        for name in names_in(node.value):
            for home in (space, self.world.top):
                other = home.names.get(name)
                if other is not None:
                    if other.kind is Kind.CONSTANT:
                        found.append((other, home))
                    break
        found.reverse()
        return found


_PARTS: dict[type[n.Expression], tuple[str, ...]] = {
    n.ParenExpression: ("inner",),
    n.UnaryExpression: ("operand",),
    n.BinaryExpression: ("left", "right"),
    n.IndexExpression: ("base", "index"),
}
_LISTS: dict[type[n.Expression], str] = {
    n.CompareExpression: "operands",
    n.CallExpression: "arguments",
    n.ArrayExpression: "items",
    n.TupleExpression: "items",
}


def names_in(expression: n.Expression) -> list[str]:
    """The names that a constant expression mentions, left to right."""
    names: list[str] = []
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, n.NameExpression):
            names.append(node.name)
        elif type(node) in _PARTS:
            stack.extend(getattr(node, part) for part in reversed(_PARTS[type(node)]))
        elif type(node) in _LISTS:
            stack.extend(reversed(getattr(node, _LISTS[type(node)])))
    return names
