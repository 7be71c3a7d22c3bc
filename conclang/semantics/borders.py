"""Functions at the border: code may be shared between processes, memory may not.

A function of the top level can be called from every process, unless it touches memory of `main`,
itself or through functions it calls. Which do is found by walking from those that touch memory to
their callers; each call from a process is then judged by one look.
"""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.semantics.world import Entry, World


def check_borders(world: World) -> None:
    """Report calls from processes to functions that use memory of `main`."""
    if not world.border_calls:
        return
    touched = _spread(world)
    for function, span, process in world.border_calls:
        found = touched.get(function.index)
        if found is None:
            continue
        entry, place = found
        text = f"`{function.name}` uses `{entry.name}`, which is memory of process `main`"
        world.reporter.report(
            "CL0303",
            span,
            text,
            label=f"called from process `{process.name}`",
            at=((place, f"`{entry.name}` is used here"), (entry.span, "declared here")),
            help="pass what it needs as an argument, or through a `channel` at top level",
            note="processes share code, but no memory",
        )


def _spread(world: World) -> dict[int, tuple[Entry, Span]]:
    """For each function that uses memory of `main`, directly or not, one such use."""
    touched = dict(world.touches)
    work = list(touched)
    while work:
        function = work.pop()
        for caller in world.calls.get(function, ()):
            if caller not in touched:
                touched[caller] = touched[function]
                work.append(caller)
    return touched
