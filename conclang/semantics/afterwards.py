"""Checks that need to have seen every body: borders between processes, unused names."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.semantics.symbols import Kind, LocalData
from conclang.semantics.world import Entry, World

# Kinds that nobody needs to name: threads and processors do their part by being there.
_FREE = frozenset({Kind.THREAD, Kind.PROCESSOR, Kind.PROCESS, Kind.ERROR, Kind.SECTION})


def check_borders(world: World) -> None:
    """Functions of the top level that use memory of `main` cannot run in another process."""
    if not world.border_calls or not world.touches:
        return
    uses: dict[int, tuple[Entry, Span]] = {}
    for index, touch in world.touches.items():
        stack = [index]
        while stack:
            function = stack.pop()
            if function not in uses:
                uses[function] = touch
                stack.extend(world.calls.get(function, ()))
    for callee, span, process in world.border_calls:
        touched = uses.get(callee.index)
        if touched is not None:
            entry, place = touched
            world.reporter.report(
                "CL0303",
                span,
                f"`{callee.name}` uses `{entry.name}`, which is in the memory of process `main`, "
                f"and this is process `{process.name}`",
                at=((place, f"it uses `{entry.name}` here"), (entry.span, "declared here")),
                help=f"pass the value to `{callee.name}`, or send it through a `channel`",
                note="processes share no memory",
            )


def check_waits(world: World) -> None:
    """A `wait` for a condition, where no lock is ever taken, is a mistake for sure."""
    if world.locks_taken:
        return
    for span in world.waits:
        text = "`wait` needs a lock that is held, and this scenario never takes one"
        help = "write `lock m { while not done { wait c } }`"
        world.reporter.report("CW0504", span, text, help=help)


def check_unused(world: World) -> None:
    """Warn about names that nothing refers to."""
    if world.reporter.errors:
        return  # what is unused now may be used once the mistakes are mended
    for entry in world.locals:
        symbol = entry.symbol
        data = symbol.data if symbol is not None else None
        if entry.used or entry.name.startswith("_") or not isinstance(data, LocalData):
            continue
        if data.origin in ("let", "receive"):
            text = f"`{entry.name}` is never used"
            help = f"write `_{entry.name}` if that is meant"
            world.reporter.report("CW0301", entry.span, text, help=help)
    if not any(symbol.kind is Kind.THREAD for symbol in world.symbols):
        return  # a collection of declarations, not yet a scenario
    for space in world.every_space():
        for entry in space.names.values():
            if not entry.used and entry.kind not in _FREE and not entry.name.startswith("_"):
                text = f"the {entry.kind} `{entry.name}` is never used"
                world.reporter.report("CW0302", entry.span, text)
