"""In which order locks are taken: an edge a → b says that somebody took b (or tried to) holding a.

A cycle means that some schedule may deadlock even if this run did not: the idea of lock-order
graphs (Havelund, SPIN 2000). Cycles made by one thread alone do not count.
"""

from __future__ import annotations

from conclang.events.event import Event
from conclang.record import new, record

KINDS = ("lock", "rwlock")


@record(frozen=False)
class Order:
    """An edge: who did it, and where each of the two locks was taken (numbers of places)."""

    first: str
    second: str
    seen: dict[str, tuple[int, int]] = new(factory=dict)  # thread -> places, first time
    count: int = 0


class LockOrder:
    """Follows a run event by event."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self.kinds = kinds  # object -> kind
        self.held: dict[str, list[tuple[str, int]]] = {}  # thread -> lock, place
        self.orders: dict[tuple[str, str], Order] = {}
        self.taken: dict[str, None] = {}

    def see(self, event: Event) -> None:
        if event.kind == "acquire" and self.kinds.get(event.object) in KINDS:
            self._want(event)
            self.held.setdefault(event.thread, []).append((event.object, event.site))
        elif event.kind == "block" and event.value in KINDS:
            self._want(event)
        elif event.kind == "unlock":
            self._give(event.thread, event.object)
        elif event.kind == "wait":
            self._give(event.thread, str(event.value))

    def _want(self, event: Event) -> None:
        self.taken.setdefault(event.object)
        for lock, place in self.held.get(event.thread, ()):
            if lock == event.object:
                continue
            key = (lock, event.object)
            order = self.orders.setdefault(key, Order(*key))
            order.seen.setdefault(event.thread, (place, event.site))
            order.count += event.kind == "acquire"

    def _give(self, thread: str, name: str) -> None:
        held = self.held.get(thread, [])
        for place in range(len(held) - 1, -1, -1):
            if held[place][0] == name:
                del held[place]
                return

    def risky(self) -> set[tuple[str, str]]:
        """Edges on cycles that more than one thread makes."""
        found: set[tuple[str, str]] = set()
        for group in _together(list(self.taken), list(self.orders)):
            inside = [key for key in self.orders if key[0] in group and key[1] in group]
            threads = {thread for key in inside for thread in self.orders[key].seen}
            if len(threads) > 1:
                found.update(inside)
        return found


def _together(nodes: list[str], edges: list[tuple[str, str]]) -> list[set[str]]:
    """Strongly connected sets of at least two (Kosaraju), without recursion."""
    out: dict[str, list[str]] = {node: [] for node in nodes}
    back: dict[str, list[str]] = {node: [] for node in nodes}
    for one, two in edges:
        out[one].append(two)
        back[two].append(one)
    order: list[str] = []
    seen: set[str] = set()
    for node in nodes:
        _visit(node, out, seen, order)
    found, done = [], set[str]()
    for node in reversed(order):
        group: list[str] = []
        _visit(node, back, done, group)
        if len(group) > 1:
            found.append(set(group))
    return found


def _visit(start: str, out: dict[str, list[str]], seen: set[str], order: list[str]) -> None:
    """Adds what can be reached, each after all that is reached from it."""
    if start in seen:
        return
    seen.add(start)
    path = [(start, iter(out[start]))]
    while path:
        node, rest = path[-1]
        following = next((other for other in rest if other not in seen), None)
        if following is None:
            order.append(node)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(out[following])))
