"""Pass 4: the bodies of functions, then of threads."""

from __future__ import annotations

from conclang.semantics.statements import Statements
from conclang.semantics.symbols import Kind, Symbol
from conclang.semantics.types import UNIT
from conclang.semantics.unify import unify
from conclang.semantics.world import World
from conclang.syntax import nodes as n

# Where statements have further statements in them.
_BLOCKS: dict[type[n.Node], tuple[str, ...]] = {
    n.IfStatement: ("then", "otherwise"),
    n.WhileStatement: ("body",),
    n.LoopStatement: ("body",),
    n.RepeatStatement: ("body",),
    n.ForStatement: ("body",),
    n.LockStatement: ("body",),
    n.RwStatement: ("body",),
    n.AtomicStatement: ("body",),
    n.SectionStatement: ("body",),
    n.SelectArm: ("body",),
}


def check_bodies(world: World) -> None:
    """Check every body."""
    functions = [s for s in world.symbols if s.kind is Kind.FUNCTION]
    threads = [s for s in world.symbols if s.kind is Kind.THREAD]
    for symbol in functions:
        node = symbol.node
        if isinstance(node, n.FunctionDeclaration) and not gives_value(node.body):
            unify(world.signatures[symbol.index].result, UNIT)
    for symbol in functions:
        function(world, symbol)
    for symbol in threads:
        if isinstance(symbol.node, n.ThreadDeclaration):
            body_of(world, symbol).block(symbol.node.body)
    check_waits(world)


def check_waits(world: World) -> None:
    """A `wait` for a condition, where no lock is ever taken, is a mistake for sure."""
    for span in [] if world.locks_taken else world.waits:
        text = "`wait` needs a lock that is held, and this scenario never takes one"
        help = "write `lock m { while not done { wait c } }`"
        world.reporter.report("CW0504", span, text, help=help)


def body_of(world: World, symbol: Symbol) -> Statements:
    """The checker of a body, with its parameters or its index in scope."""
    checker = Statements(world, world.space_of(symbol.process), symbol)
    checker.scopes.append({entry.name: entry for entry in world.bound[symbol.index]})
    return checker


def function(world: World, symbol: Symbol) -> None:
    node = symbol.node
    if not isinstance(node, n.FunctionDeclaration):
        return
    checker = body_of(world, symbol)
    checker.result = world.signatures[symbol.index].result
    ended = checker.block(node.body)
    report = world.reporter.report
    if checker.valued is None:
        return
    at = ((checker.valued, "here it gives one"),)
    if checker.bare is not None:
        text = f"`{symbol.name}` gives a value elsewhere, but none here"
        help = "give a value in every `return`, or in none"
        report("CL0421", checker.bare, text, at=at, help=help)
    elif not ended:
        text = f"`{symbol.name}` may come to its end without giving a value"
        help = "then it gives 0 (or false, or an empty text); end it with a `return`"
        report("CW0401", symbol.span, text, at=at, help=help)


def gives_value(body: n.Block) -> bool:
    """Is there a `return e` in a body?"""
    stack: list[n.Node] = list(body.statements)
    while stack:
        node = stack.pop()
        if isinstance(node, n.ReturnStatement):
            if node.value is not None:
                return True
        elif isinstance(node, n.Block):
            stack.extend(node.statements)
        elif isinstance(node, n.SelectStatement):
            stack.extend(node.arms)
        else:
            for part in _BLOCKS.get(type(node), ()):
                inner = getattr(node, part)
                if inner is not None:
                    stack.append(inner)
    return False
