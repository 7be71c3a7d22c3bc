"""Names that nobody uses: a warning, because it is often a sign of a slip elsewhere."""

from __future__ import annotations

from conclang.semantics.symbols import Kind, LocalData
from conclang.semantics.world import Entry, World

# Things that do something by being there, or that have no name to leave out.
_QUIET = frozenset({Kind.PROCESSOR, Kind.PROCESS, Kind.THREAD, Kind.ERROR, Kind.BUILTIN})


def warn_unused(world: World) -> None:
    """Warn about unused names, unless there are errors: those may be why."""
    if world.reporter.errors or world.broken:
        return
    for space in world.every_space():
        for entry in space.names.values():
            if not entry.used and entry.kind not in _QUIET:
                _warn(world, entry)
    for symbol_index in world.bound:
        for entry in world.bound[symbol_index]:
            if not entry.used:
                _warn(world, entry)
    for entry in world.locals:
        if not entry.used and not _is_loop_variable(entry):
            _warn(world, entry)


def _is_loop_variable(entry: Entry) -> bool:
    """`for i in 0..3` cannot be written without a name."""
    data = entry.symbol.data if entry.symbol else None
    return isinstance(data, LocalData) and data.origin == "for"


def _warn(world: World, entry: Entry) -> None:
    name = entry.name
    if name.startswith("_"):
        return
    help = f"take it away, or call it `_{name}` if it is meant to be unused"
    data = entry.symbol.data if entry.symbol else None
    is_parameter = isinstance(data, LocalData) and data.origin == "parameter"
    what = "parameter" if is_parameter else entry.kind
    world.reporter.report("CW0301", entry.span, f"the {what} `{name}` is never used", help=help)
