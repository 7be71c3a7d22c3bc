"""The control flow of each thread: blocks of micro-ops under their source lines.

Between two steps (marked with a star) other threads may run. A block that touches shared memory has
the colour of the locks that are held there on every way: the same locks, the same colour; shared
memory without any lock is yellow with a thick edge. A semaphore of one unit counts as a lock. Locks
taken before a function is called are not known inside it.
"""

from __future__ import annotations

from itertools import pairwise

import graphviz

from conclang.ir.listing import sentence
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Code, Program
from conclang.render import dot
from conclang.render.touching import Touch, jump_targets, successors, walk

MOST_OPS = 400
BARE = "#f0e442"
COLORS = ("#9fd8f5", "#a8e0cb", "#f3c78a", "#e5b8d2", "#c4d2ff", "#f6b7a5", "#d9d9d9")
TAKES = {OpKind.ACQUIRE: "", OpKind.READ_ACQUIRE: " (read)", OpKind.WRITE_ACQUIRE: " (write)"}
TRIES = {OpKind.TRY: "", OpKind.READ_TRY: " (read)", OpKind.WRITE_TRY: " (write)"}
GIVES = {OpKind.RELEASE, OpKind.READ_RELEASE, OpKind.WRITE_RELEASE}
UNITS = {OpKind.DOWN, OpKind.DOWN_TRY, OpKind.UP}
CELLS = ("READ", "WRITE")
Held = frozenset[tuple[int, str]]  # operand that names it, what it is called


def blocks_of(program: Program, code: Code) -> list[range]:
    """Stretches of micro-ops that are entered at their first and left at their last one.

    A block also ends where the locks held change or shared memory is touched, so that a colour
    says something about all of it.
    """
    heads = {code.entry} | jump_targets(program, code)
    for pc in range(code.entry, code.end):
        kind = program.ops[pc].kind
        if kind in TAKES or kind in GIVES or kind in UNITS:
            heads.update((pc, pc + 1))
        if successors(program, code, pc) != (pc + 1,):
            heads.add(pc + 1)
    cuts = [*sorted(head for head in heads if head < code.end), code.end]
    return [range(a, b) for a, b in pairwise(cuts)]


def held_at(program: Program, code: Code, touches: dict[int, Touch]) -> dict[int, Held]:
    """The locks held before each reachable op, on every way to it."""
    held: dict[int, Held] = {code.entry: frozenset()}
    pending = [code.entry]
    while pending:
        pc = pending.pop()
        stays = _after(program, touches, pc, held[pc])
        won = _won(program, touches, pc)
        for target in successors(program, code, pc):
            after = stays | won if target == program.ops[pc].b else stays
            known = held.get(target)
            merged = after if known is None else known & after
            if merged != known:
                held[target] = merged
                pending.append(target)
    return held


def _after(program: Program, touches: dict[int, Touch], pc: int, held: Held) -> Held:
    op = program.ops[pc]
    units = op.kind in UNITS and _is_single(program, touches.get(pc))
    if op.kind in TAKES or (units and op.kind == OpKind.DOWN):
        touch = touches.get(pc)
        name = _name(program, touch) if touch else "a lock"
        return held | {(op.a, name + TAKES.get(op.kind, ""))}
    if op.kind in GIVES or (units and op.kind == OpKind.UP):
        touch = touches.get(pc)
        name = _name(program, touch) if touch else ""
        return frozenset(
            one for one in held if one[0] != op.a and (not name or one[1].split(" (")[0] != name)
        )
    return held


def _won(program: Program, touches: dict[int, Touch], pc: int) -> Held:
    """The lock that a branch on a `try_acquire` just before it holds where it was had."""
    op = program.ops[pc]
    if op.kind != OpKind.BRANCH:
        return frozenset()
    before = program.ops[pc - 1]
    at = pc - 1
    if before.kind == OpKind.MOVE and before.a == op.a:
        at, before = pc - 2, program.ops[pc - 2]
    units = before.kind == OpKind.DOWN_TRY and _is_single(program, touches.get(at))
    if not (before.kind in TRIES or units) or at not in touches:
        return frozenset()
    return frozenset({(before.b, _name(program, touches[at]) + TRIES.get(before.kind, ""))})


def _is_single(program: Program, touch: Touch | None) -> bool:
    """Is it a semaphore of one unit, which is taken and given back as a lock is?"""
    if touch is None or touch.kind != "semaphore":
        return False
    return all(program.things["semaphore"][number].amount == 1 for number in touch.numbers)


def _name(program: Program, touch: Touch) -> str:
    things = program.things[touch.kind]
    first = things[touch.numbers[0]].name
    return first if len(touch.numbers) == 1 else f"{first.split('[')[0]}[?]"


class _Flow:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.graph = dot.digraph(program.scenario or "code")
        self.colors: dict[tuple[str, ...], str] = {}

    def draw(self) -> graphviz.Digraph:
        threads: dict[int, list[int]] = {}
        for number, thread in enumerate(self.program.threads):
            threads.setdefault(thread.code, []).append(number)
        for number, code in enumerate(self.program.codes):
            if number in threads:
                first = self.program.threads[threads[number][0]]
                names = [self.program.threads[n].name for n in threads[number]]
                arguments = first.arguments if len(names) == 1 else ()
                self._body(number, f"thread {dot.listed(names, 4)}", arguments)
            elif code.is_function:
                self._body(number, f"fn {code.name}", ())
        self._legend()
        return self.graph

    def _body(self, number: int, title: str, arguments: tuple[int, ...]) -> None:
        code = self.program.codes[number]
        touches = walk(self.program, number, arguments)
        held = held_at(self.program, code, touches)
        with self.graph.subgraph(name=f"cluster{number}") as box:
            box.attr(label=dot.label(title), style="rounded", color="#555555")
            if code.end - code.entry > MOST_OPS:
                words = f"{code.end - code.entry} micro-ops: too many to draw"
                box.node(f"b{code.entry}", words)
                return
            for block in blocks_of(self.program, code):
                if block.start in held:
                    self._block(box, code, block, held[block.start])

    def _block(self, box: graphviz.Digraph, code: Code, block: range, held: Held) -> None:
        names = tuple(sorted(name for _, name in held))
        shared = any(OPS[self.program.ops[pc].kind].name in CELLS for pc in block)
        color, pen = "white", "1"
        if shared:
            color = self._color(names)
            pen = "1" if names else "2.5"
        lines = self._lines(code, block)
        box.node(
            f"b{block.start}",
            dot.label(*lines, left=True, most=76),
            fillcolor=color,
            penwidth=pen,
            fontsize="11",
        )
        op = self.program.ops[block[-1]]
        ways = successors(self.program, code, block[-1])
        words = ("yes", "no") if op.kind == OpKind.BRANCH else ("",) * len(ways)
        for way, word in zip(ways, words, strict=True):
            back = {"constraint": "false"} if way <= block.start else {}
            box.edge(f"b{block.start}", f"b{way}", label=word, **back)

    def _lines(self, code: Code, block: range) -> list[str]:
        lines, shown = [], None
        for pc in block:
            op = self.program.ops[pc]
            if op.kind == OpKind.JUMP and len(block) > 1:
                continue  # the edge says it
            site = self.program.sites[op.site]
            if (site.line, site.text) != shown:
                shown = (site.line, site.text)
                lines.append(f"{site.line}: {site.text}")
            star = "★" if OPS[op.kind].visible else " "
            words = sentence(self.program, code, op)
            if op.kind == OpKind.BRANCH:
                words = words.split(" go to ")[0]
            lines.append(f"   {star} {words}")
        return lines

    def _color(self, names: tuple[str, ...]) -> str:
        if not names:
            self.colors[names] = BARE
        if names not in self.colors:
            taken = sum(1 for key in self.colors if key)
            self.colors[names] = COLORS[taken % len(COLORS)]
        return self.colors[names]

    def _legend(self) -> None:
        if not self.colors:
            return
        with self.graph.subgraph(name="cluster_legend") as box:
            box.attr(label="shared memory is touched", style="dashed", color="#888888")
            for number, (names, color) in enumerate(self.colors.items()):
                words = f"holding {', '.join(names)}" if names else "holding no lock"
                pen = "1" if names else "2.5"
                box.node(f"l{number}", dot.label(words), fillcolor=color, penwidth=pen)


def code_dot(program: Program) -> str:
    """The text of the graph."""
    return dot.source(_Flow(program).draw())
