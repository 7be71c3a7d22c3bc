"""Pass 1: which names are declared where, and each only once."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.semantics.symbols import Kind
from conclang.semantics.world import BUILTINS, Entry, Space, World
from conclang.syntax import nodes as n

_KINDS: dict[type[n.Declaration], Kind] = {
    n.ProcessorDeclaration: Kind.PROCESSOR,
    n.RuntimeDeclaration: Kind.RUNTIME,
    n.ProcessDeclaration: Kind.PROCESS,
    n.ConstDeclaration: Kind.CONSTANT,
    n.FunctionDeclaration: Kind.FUNCTION,
    n.ThreadDeclaration: Kind.THREAD,
}


def collect(world: World) -> None:
    """Enter every declared name."""
    for declaration in world.scenario.declarations:
        if isinstance(declaration, n.ProcessDeclaration):
            enter_process(world, declaration)
        else:
            enter(world, world.top, declaration)


def kind_of(declaration: n.Declaration) -> Kind | None:
    """What kind of thing a declaration makes; None for `expect` and text that did not parse."""
    if isinstance(declaration, n.CellDeclaration):
        return Kind.SHARED if declaration.kind == "shared" else Kind.ATOMIC
    if isinstance(declaration, n.ObjectDeclaration):
        return Kind(declaration.kind)
    return _KINDS.get(type(declaration))


def enter(world: World, space: Space, declaration: n.Declaration) -> Entry | None:
    """Enter the name of one declaration."""
    if isinstance(declaration, n.ErrorDeclaration):
        world.broken = True
        for broken in declaration.names:
            space.names.setdefault(broken.text, Entry(broken.text, Kind.ERROR, broken.span, None))
        return None
    kind = kind_of(declaration)
    name: object = getattr(declaration, "name", None)
    if kind is None or not isinstance(name, n.Name):
        return None
    entry = Entry(name.text, kind, name.span, declaration)
    first = space.names.setdefault(name.text, entry)
    if first is not entry:
        if first.kind is not Kind.ERROR:
            declared_twice(world, name.text, name.span, first)
            if first.kind is not kind:
                first.kind = Kind.ERROR  # nobody knows which of them is meant below
        return None
    if name.text in BUILTINS:
        text = f"`{name.text}` now means this {kind}, not the built-in `{name.text}`"
        world.reporter.report("CW0305", name.span, text)
    return entry


def declared_twice(world: World, name: str, span: Span, first: Entry) -> None:
    """Say that a name is taken."""
    world.reporter.report(
        "CL0302",
        span,
        f"`{name}` is declared twice",
        at=((first.span, f"first declared here, as a {first.kind}"),),
        help="give one of them another name",
    )


def enter_process(world: World, declaration: n.ProcessDeclaration) -> None:
    """Enter a process and what is declared in it."""
    name = declaration.name
    if name.text == "main":
        world.reporter.report(
            "CL0312",
            name.span,
            "`main` is the process that everything at top level belongs to",
            help="give this process another name, or take its declarations out of the braces",
        )
    entry = enter(world, world.top, declaration)
    fresh = entry or Entry(name.text, Kind.PROCESS, name.span, declaration)
    symbol = world.symbol(fresh, None)
    world.refs[name.id] = symbol
    space = Space(symbol)
    if entry is None:
        return  # reported; its contents would only repeat names of the first one
    world.spaces[name.text] = space
    for inner in declaration.declarations:
        if isinstance(inner, n.ProcessDeclaration):
            world.reporter.report(
                "CL0308",
                inner.name.span,
                "a process cannot stand inside another",
                at=((name.span, "this is the outer one"),),
                help="close the outer one first: processes stand side by side at top level",
            )
        else:
            enter(world, space, inner)
