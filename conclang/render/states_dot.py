"""The folded state graph: what can follow what, ends and dead ends, and the way to a finding."""

from __future__ import annotations

from conclang.diagnostics.counting import counted
from conclang.explore.folding import ERROR, Folded, Key, Node
from conclang.render import dot

MOST_NODES = 150
MOST_EDGES = 300
MOST_LINES = 9
RED, GREEN = "#b3261e", "#1b6b2f"


def states_dot(folded: Folded, scenario: str, by: str) -> str:
    """The text of the graph; the caller has seen to it that it is not too large."""
    words = counted(folded.states, "state")
    if len(folded.nodes) < folded.states:
        words += f" in {counted(len(folded.nodes), 'node')}"
    graph = dot.digraph(scenario, "TB", f"{words}, {by}" if by else words)
    for number, node in enumerate(folded.nodes):
        graph.node(f"n{number}", dot.label(*_lines(node)), **_style(node))
    if any(edge.target == ERROR for edge in folded.edges):
        graph.node("error", "run-time error", shape="octagon", fillcolor="#ffd9d6", color=RED)
    for edge in folded.edges:
        target = "error" if edge.target == ERROR else f"n{edge.target}"
        times = f" ({edge.steps} steps)" if edge.steps > 1 else ""
        style = {"color": RED, "penwidth": "2.5"} if edge.marked else {}
        label = dot.label(f"{dot.listed(edge.who, 3)}{times}")
        graph.edge(f"n{edge.source}", target, label=label, **style)
    return dot.source(graph)


def _lines(node: Node) -> list[str]:
    lines = _some(node.first) or ["(no variables)"]
    if node.last != node.first:
        lines += ["⋮", *_some(node.last)]
    if node.states > 1:
        lines.append(f"({node.states} states)")
    if node.kind:
        lines.append(f"— {node.kind} —")
    return lines


def _some(key: Key) -> list[str]:
    lines = list(key)
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], f"and {len(lines) - MOST_LINES + 1} more"]


def _style(node: Node) -> dict[str, str]:
    style = {"style": "rounded,filled", "fillcolor": "white"}
    if node.kind == "finished":
        style |= {"fillcolor": "#d8f0e4", "color": GREEN}
    elif node.kind == "deadlocked":
        style |= {"fillcolor": "#ffd9d6", "color": RED, "shape": "octagon", "style": "filled"}
    if node.initial:
        style |= {"peripheries": "2"}
    if node.marked:
        style |= {"color": RED, "penwidth": "2.5"}
    return style
