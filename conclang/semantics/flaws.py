"""`expect race on count`, `expect no deadlock`: what a line about a flaw may speak of.

A race, a lost update and an atomicity violation happen at a variable, so a line may name one. The
other flaws are of whole schedules.
"""

from __future__ import annotations

from conclang.semantics.observing import Observer
from conclang.semantics.operands import plain
from conclang.semantics.symbols import Kind, Symbol
from conclang.syntax import nodes as n

Target = Symbol  # a variable

# Which variables a line about a flaw may name.
AT_VARIABLES: dict[str, tuple[Kind, ...]] = {
    "race": (Kind.SHARED,),
    "lost_update": (Kind.SHARED, Kind.ATOMIC),
    "atomicity": (Kind.SHARED, Kind.ATOMIC),
}


def flaw_target(observer: Observer, node: n.ExpectFlaw) -> Target | None:
    """Check what comes after `on`; None if there is nothing or that was reported."""
    if node.target is None:
        return None
    if node.flaw not in AT_VARIABLES:
        words = f"no {node.flaw}" if node.forbidden else node.flaw
        observer.report(
            "CL0809",
            node.target.span,
            f"`{node.flaw}` speaks of whole schedules, not of one object",
            help=f"write `expect {words}`; a variable may be named after "
            + ", ".join(f"`{flaw} on`" for flaw in AT_VARIABLES),
        )
        return None
    return _variable(observer, node, node.target)


def _variable(observer: Observer, line: n.ExpectFlaw, target: n.Expression) -> Target | None:
    flaw = line.flaw
    inner = plain(target)
    if isinstance(inner, n.IndexExpression):
        text = f"`{flaw} on` takes a whole variable, not one of its elements"
        base = plain(inner.base)
        name = base.name if isinstance(base, n.NameExpression) else "the variable"
        help = f"write `{flaw} on {name}`; the report says which element it is"
        observer.report("CL0810", inner.span, text, help=help)
        return None
    if isinstance(inner, n.FieldExpression):
        entry = observer.member(inner)
    elif isinstance(inner, n.NameExpression):
        entry = observer.lookup(inner)
    else:
        text = f"`{flaw} on` takes the name of a variable"
        observer.report("CL0810", target.span, text)
        return None
    if entry is None or entry.symbol is None or entry.kind is Kind.ERROR:
        return None
    if line.forbidden and entry.kind is Kind.ATOMIC:
        pass  # `no race on hits` is true of every atomic variable
    elif entry.kind not in AT_VARIABLES[flaw]:
        _not_there(observer, flaw, inner, entry.kind, entry.name)
        return None
    return entry.symbol


def _not_there(observer: Observer, flaw: str, node: n.Expression, kind: Kind, name: str) -> None:
    an = "an" if kind[0] in "aeiou" else "a"
    wanted = " or ".join(AT_VARIABLES[flaw])
    text = f"`{flaw} on` takes a {wanted}, but `{name}` is {an} {kind}"
    help = ""
    if kind is Kind.ATOMIC:
        help = "accesses of an atomic variable never race; name the shared variable"
    symbol = observer.world.refs.get(node.id)
    at = ((symbol.span, "declared here"),) if symbol and kind is not Kind.BUILTIN else ()
    observer.report("CL0810", node.span, text, at=at, help=help)
