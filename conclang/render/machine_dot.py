"""The picture of a system: processors with their cores, processes with their threads, and who
shares what with whom.

Threads stand inside their process, together with the memory and the objects that only the process
can see; what crosses processes stands outside. An edge says what a thread can do with a thing, read
off its code. Many instances of one declaration are drawn as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count as count_by
from itertools import pairwise

import graphviz

from conclang.ir.program import Program, Thing, Thread
from conclang.render import dot
from conclang.render.touching import Body, body_of

MOST_INSTANCES = 8
MOST_CORES = 16
CORES_IN_A_ROW = 4
MAIN = "main"

SHAPES = {
    "cell": ("note", "#fff1c2"),
    "lock": ("box", "#f6b7a5"),
    "rwlock": ("box", "#f6b7a5"),
    "semaphore": ("box", "#f6b7a5"),
    "condition": ("box", "#f6d5a5"),
    "barrier": ("box", "#f6d5a5"),
    "event": ("box", "#f6d5a5"),
    "channel": ("cds", "#bfdcf2"),
    "device": ("box3d", "#d6d9e8"),
}
DIRECTED = {"sends": ("forward", "#0b5394"), "receives": ("back", "#0b5394")}
READING = {"reads", "reads under", "waits for", "waits on"}


@dataclass(slots=True)
class Group:
    """A node: one object, or an array of them."""

    kind: str
    name: str
    process: str
    lines: list[str] = field(default_factory=list)


class _Machine:
    """Collects nodes and edges, in order of declaration."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.graph = dot.digraph(program.scenario or "machine")
        self.graph.attr("graph", compound="true", nodesep="0.45", ranksep="0.8")
        self.ids: dict[tuple[str, str], str] = {}
        self.node_of: dict[tuple[str, int], tuple[str, str]] = {}
        self.groups: dict[tuple[str, str], Group] = {}
        self.edges: dict[tuple[str, str], list[str]] = {}
        self.runs: dict[tuple[str, int], None] = {}  # a task's node, the number of its runtime
        self.many = len(program.processes) > 1

    def id(self, kind: str, name: str) -> str:
        return self.ids.setdefault((kind, name), f"n{len(self.ids)}")

    # -- objects -------------------------------------------------------------------------------

    def objects(self) -> None:
        """All objects, arrays together when they are long."""
        for cell in self.program.cells:
            count = cell.shape.count if cell.shape.kind == "array" else 0
            words = f"{cell.kind} {cell.name}" + (f"[{count}]" if count else "")
            key = ("cell", cell.name)
            self.groups[key] = Group("cell", cell.name, cell.process, [words])
            for word in range(len(cell.initial)):
                self.node_of["cell", cell.base + word] = key
        for kind, things in self.program.things.items():
            if kind in SHAPES:
                self._things(kind, things)

    def _things(self, kind: str, things: tuple[Thing, ...]) -> None:
        arrays: dict[str, list[int]] = {}
        for number, thing in enumerate(things):
            arrays.setdefault(thing.name.split("[")[0], []).append(number)
        for base, numbers in arrays.items():
            together = len(numbers) > MOST_INSTANCES
            for number in numbers:
                thing = things[number]
                name = f"{base}[0..{len(numbers)}]" if together else thing.name
                key = (kind, name)
                self.node_of[kind, number] = key
                if key not in self.groups:
                    self.groups[key] = Group(kind, name, thing.process, _words(thing, name))

    # -- threads -------------------------------------------------------------------------------

    def threads(self) -> list[tuple[str, Group, list[Thread]]]:
        """Nodes of declared threads: id, what is said, and the threads it stands for."""
        groups: dict[tuple[str, str], list[Thread]] = {}
        for thread in self.program.threads:
            groups.setdefault((thread.process, thread.group), []).append(thread)
        found = []
        for threads in groups.values():
            together = len(threads) > MOST_INSTANCES
            for part in [threads] if together else [[thread] for thread in threads]:
                first = part[0]
                name = f"{first.name.split('[')[0]}[0..{len(part)}]" if together else first.name
                group = Group("thread", name, first.process, [name, *self._said(first)])
                found.append((self.id("thread", name), group, part))
        return found

    def _said(self, thread: Thread) -> list[str]:
        lines, said = _attributes(thread), thread.attributes
        where = f"on {self.program.processors[said.on].name}" if said.on is not None else ""
        if said.pinned is not None:
            where = f"{where}, pinned to core {said.pinned}".lstrip(", ")
        return [*lines, where] if where else lines

    def touch(self, node: str, body: Body) -> None:
        """Edges from an entity to all it touches."""
        for touch in body.touches:
            for number in touch.numbers:
                key = self.node_of.get((touch.kind, number))
                if key is not None:
                    verbs = self.edges.setdefault((node, self.id(*key)), [])
                    if touch.verb not in verbs:
                        verbs.append(touch.verb)

    def created(self, starts: list[tuple[str, Body]]) -> list[tuple[str, list[str]]]:
        """Nodes for functions that run as threads or tasks of their own."""
        found: dict[tuple[str, str], list[str]] = {}
        pending = list(starts)
        while pending:
            creator, body = pending.pop(0)
            for code, how, runtime in body.creates:
                name = self.program.codes[code].name
                key = (how, name)
                node = self.id(f"created {how}", name)
                self.edges.setdefault((creator, node), [how])
                if key not in found:
                    found[key] = [f"{name}()", CREATED[how]]
                    made = body_of(self.program, code, ())
                    self.touch(node, made)
                    pending.append((node, made))
                if how == "go":
                    self.runs.setdefault((node, runtime))
        return [(self.id(f"created {how}", name), lines) for (how, name), lines in found.items()]

    # -- drawing -------------------------------------------------------------------------------

    def draw(self) -> graphviz.Digraph:
        self.objects()
        threads = self.threads()
        starts: list[tuple[str, Body]] = []
        for node, _, part in threads:
            merged = Body()
            for thread in part:
                body = body_of(self.program, thread.code, thread.arguments)
                merged.touches += body.touches
                merged.creates += body.creates
            self.touch(node, merged)
            starts.append((node, merged))
        created = self.created(starts)
        self._processes(threads, created)
        self._runtimes()
        self._hardware(threads)
        self._edges()
        return self.graph

    def _processes(
        self,
        threads: list[tuple[str, Group, list[Thread]]],
        created: list[tuple[str, list[str]]],
    ) -> None:
        for number, process in enumerate(self.program.processes):
            inside = [item for item in threads if item[1].process == process]
            things = [g for g in self.groups.values() if self._home(g) == process]
            makes = [(node, lines) for node, lines in created if _process_of(lines[0]) == process]
            if not inside and not things and not makes:
                continue
            with self.graph.subgraph(name=f"cluster_process{number}") as box:
                box.attr(label=dot.label(f"process {process}"), style="rounded", color="#555555")
                for node, group, _ in inside:
                    label = dot.label(*group.lines)
                    box.node(node, label, shape="box", style="rounded,filled", fillcolor="#d8f0e4")
                for node, lines in makes:
                    style = "rounded,filled,dashed"
                    box.node(node, dot.label(*lines), style=style, fillcolor="#eef8f2")
                for group in things:
                    self._thing(box, group)
        for group in self.groups.values():
            if self._home(group) == "":
                self._thing(self.graph, group)

    def _home(self, group: Group) -> str:
        """The process whose memory an object is in; "" if it belongs to all."""
        across = group.kind == "device" or (self.many and group.kind in ("channel", "semaphore"))
        return "" if across and group.process == MAIN else group.process

    def _thing(self, box: graphviz.Digraph, group: Group) -> None:
        shape, color = SHAPES[group.kind]
        node = self.id(group.kind, group.name)
        box.node(node, dot.label(*group.lines), shape=shape, fillcolor=color, margin="0.2,0.1")

    def _hardware(self, threads: list[tuple[str, Group, list[Thread]]]) -> None:
        for number, processor in enumerate(self.program.processors):
            with self.graph.subgraph(name=f"cluster_processor{number}") as box:
                lines = [f"processor {processor.name}", str(processor.policy)]
                if processor.switch_cost:
                    lines.append(f"switch cost {processor.switch_cost}")
                if processor.migration_cost:
                    lines.append(f"migration cost {processor.migration_cost}")
                box.attr(label=dot.label(*lines), style="filled", fillcolor="#f0f0f0")
                _row_of(box, f"core{number}", "core", processor.cores, MOST_CORES)
        for node, _, part in threads:
            self._placed(node, part[0])

    def _runtimes(self) -> None:
        """M tasks on N workers on the cores: workers are threads of the machine."""
        for number, thing in enumerate(self.program.things["runtime"]):
            with self.graph.subgraph(name=f"cluster_runtime{number}") as box:
                label = dot.label(*_words(thing, thing.name))
                box.attr(label=label, style="filled,rounded", fillcolor="#cfc3ea")
                _row_of(box, f"worker{number}", "worker", thing.amount, MOST_INSTANCES)
            for place in range(len(self.program.processors)):
                self.graph.edge(
                    f"worker{number}_0",
                    f"core{place}_0",
                    label="  are threads of  ",
                    ltail=f"cluster_runtime{number}",
                    lhead=f"cluster_processor{place}",
                    style="dashed",
                )

    def _placed(self, node: str, thread: Thread) -> None:
        """Where a thread must run, if it says so."""
        on, pinned = thread.attributes.on, thread.attributes.pinned
        if on is None and pinned is None:
            return
        place, core = on or 0, min(pinned or 0, MOST_CORES - 1)
        more = {} if pinned is not None else {"lhead": f"cluster_processor{place}"}
        target = f"core{place}_{core}"
        self.graph.edge(node, target, style="dashed", constraint="false", **more)

    def _edges(self) -> None:
        for node, number in self.runs:
            target, box = f"worker{number}_0", f"cluster_runtime{number}"
            self.graph.edge(node, target, label="  runs on  ", lhead=box)
        for (node, other), verbs in self.edges.items():
            words = f"  {dot.listed(verbs, 3)}  "
            if set(verbs) <= {"sends", "receives", "closes"}:
                directed = [DIRECTED[verb] for verb in verbs if verb in DIRECTED]
                both = len({way for way, _ in directed}) == 2
                way = "both" if both else directed[0][0] if directed else "forward"
                self.graph.edge(node, other, label=words, dir=way, color="#0b5394")
            elif set(verbs) <= READING:
                self.graph.edge(node, other, label=words, dir="back")
            elif set(verbs) <= {"spawn", "go", "async"}:
                self.graph.edge(node, other, label=words, style="dotted", color="#1b6b2f")
            else:
                both = any(verb in READING for verb in verbs)
                self.graph.edge(node, other, label=words, dir="both" if both else "forward")


CREATED = {"spawn": "threads made while it runs", "go": "tasks", "async": "tasks of its loop"}


def _process_of(name: str) -> str:
    """The process whose function it is: `web.serve()` is web's."""
    return name.rpartition(".")[0] or MAIN


def _words(thing: Thing, name: str) -> list[str]:
    """What an object's node says."""
    lines = [f"{thing.kind} {name}"]
    amounts = {
        "semaphore": f"starts at {thing.amount}",
        "barrier": f"{thing.amount} parties",
        "channel": f"room for {thing.amount}" if thing.amount else "unbuffered",
        "device": f"{thing.amount} at a time",
        "runtime": f"{thing.amount} worker{'s' if thing.amount != 1 else ''}",
    }
    if thing.kind in amounts:
        lines.append(amounts[thing.kind])
    if thing.policy is not None:
        lines.append(str(thing.policy))
    lines += sorted(option.replace("_", " ") for option in thing.options)
    return lines


def _attributes(thread: Thread) -> list[str]:
    """What a thread declares about its time."""
    said = thread.attributes
    pairs = [
        ("priority", said.priority or None),
        ("arrival", said.arrival or None),
        ("period", said.period),
        ("deadline", said.deadline),
        ("nice", said.nice or None),
        ("tickets", said.tickets),
    ]
    words = [f"{name} {value}" for name, value in pairs if value is not None]
    return [", ".join(words + ["daemon"] * said.daemon)] if words or said.daemon else []


def _row_of(box: graphviz.Digraph, prefix: str, word: str, count: int, most: int) -> None:
    """Boxes in rows, in order."""
    names = [f"{prefix}_{place}" for place in range(min(count, most))]
    labels = [f"{word} {place}" for place in range(len(names))]
    if count > most:
        names.append(f"{prefix}_more")
        labels.append(f"and {count - most} more")
    rows = [names[at : at + CORES_IN_A_ROW] for at in range(0, len(names), CORES_IN_A_ROW)]
    for start, row in zip(count_by(0, CORES_IN_A_ROW), rows, strict=False):
        with box.subgraph() as line:
            line.attr(rank="same")
            for place, name in enumerate(row, start):
                if place < most:
                    line.node(name, labels[place], shape="box", width="0.8", height="0.6")
                else:
                    line.node(name, labels[place], shape="plaintext", style="solid")
            for one, two in pairwise(row):
                line.edge(one, two, style="invis")
    for above, below in pairwise(rows):
        box.edge(above[0], below[0], style="invis")


def machine_dot(program: Program) -> str:
    """The text of the graph."""
    return dot.source(_Machine(program).draw())
