"""The lock-order graph of a run: which lock was taken while which other was held, and where."""

from __future__ import annotations

from conclang.analyses.lock_order import LockOrder, Order
from conclang.diagnostics.counting import counted, left_out
from conclang.events.trace import Header
from conclang.render import dot

MOST_LOCKS = 80
RED = "#b3261e"


def locks_dot(header: Header, order: LockOrder, every: bool = False) -> str:
    """The text of the graph; what may become a deadlock is red and thick."""
    risky = order.risky()
    words = "a cycle: some schedule may deadlock" if risky else "no cycle"
    where = "in all schedules" if every else "in this run"
    graph = dot.digraph(header.scenario, "LR", f"in which order locks are taken {where}: {words}")
    names = list(order.taken)
    for number, name in enumerate(names[:MOST_LOCKS]):
        bad = any(name in key for key in risky)
        style = {"color": RED, "penwidth": "2.5", "fillcolor": "#ffd9d6"} if bad else {}
        kind = order.kinds.get(name, "lock")
        graph.node(f"n{number}", dot.label(f"{kind} {name}"), **({"fillcolor": "#f6b7a5"} | style))
    ids = {name: f"n{number}" for number, name in enumerate(names[:MOST_LOCKS])}
    for key, edge in order.orders.items():
        if key[0] in ids and key[1] in ids:
            style = {"color": RED, "penwidth": "2.5", "fontcolor": RED} if key in risky else {}
            label = dot.label(*_who(header, edge), left=True)
            graph.edge(ids[key[0]], ids[key[1]], label=label, **style)
    if not names:
        graph.node("none", f"no lock is taken {where}", shape="plaintext")
    if len(names) > MOST_LOCKS:
        graph.node("more", left_out(len(names) - MOST_LOCKS, "lock"), shape="plaintext")
    return dot.source(graph)


def _who(header: Header, edge: Order) -> list[str]:
    lines = []
    for thread, (first, second) in list(edge.seen.items())[:4]:
        lines.append(f"{thread}: line {_line(header, first)}, then {_line(header, second)}")
    if len(edge.seen) > 4:
        lines.append(f"and {counted(len(edge.seen) - 4, 'more thread')}")
    return lines


def _line(header: Header, site: int) -> str:
    return str(header.places[site].line) if 0 <= site < len(header.places) else "?"
