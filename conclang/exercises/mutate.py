"""Flawed twins of a scenario, made one slip at a time.

Each is the text with one edit that a tired programmer could have made: a lock forgotten, a wait
without its loop, a signal left out, two locks in the other order, a permit too many. They are what
`exercise verify` tries a check on: a check that lets all of them pass is likely to judge nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conclang.diagnostics.source import SourceText, Span
from conclang.record import fields, record
from conclang.syntax import nodes

MOST = 100
REMOVED = ("acquire", "release", "wait", "signal", "broadcast", "reset", "close")
COMPARED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}


@record
class Mutant:
    """A flawed twin and what was done to it."""

    name: str
    text: str


Edit = tuple[Span, str]


def mutants(text: str) -> list[Mutant]:
    """All of them that still compile, at most MOST, in order of the text."""
    from conclang.pipeline import load_text
    from conclang.syntax.parse import parse

    source = SourceText.of(text)
    scenario, bag = parse(source)
    if not bag.ok:
        return []
    found, seen = [], {source.text}
    for name, edits in _all(source, scenario):
        changed = _edited(source.text, edits)
        if changed in seen:
            continue
        seen.add(changed)
        if load_text(changed).program is not None:
            found.append(Mutant(name, changed))
        if len(found) == MOST:
            break
    return found


def _edited(text: str, edits: list[Edit]) -> str:
    for span, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _all(source: SourceText, scenario: nodes.Scenario) -> Iterator[tuple[str, list[Edit]]]:
    every = list(_walk(scenario))
    yield from _over_synchronised(source, every)
    yield from _unprotected(every)
    for node in every:
        for name, edits in _slips(source, node):
            line = source.place(node.span.start).line
            yield f"line {line}: {name}", edits
    yield from _whole_bodies(source, every)
    yield from _additions(every, len(source.text))


def _walk(scenario: nodes.Scenario) -> Iterator[nodes.Node]:
    """All nodes but those of `expect` lines, in order of the text."""
    open_: list[Any] = [scenario]
    while open_:
        thing = open_.pop()
        if isinstance(thing, tuple):
            open_ += reversed(thing)
        elif isinstance(thing, nodes.Node) and not isinstance(thing, nodes.ExpectDeclaration):
            yield thing
            open_ += reversed([getattr(thing, name) for name in fields(type(thing))])


def _slips(source: SourceText, node: nodes.Node) -> Iterator[tuple[str, list[Edit]]]:
    if isinstance(node, nodes.LockStatement | nodes.RwStatement | nodes.AtomicStatement):
        yield from _protections(source, node)
    elif isinstance(node, nodes.OperateStatement):
        if node.verb in REMOVED:
            yield f"no `{node.verb}`", [(node.span, "if true { }")]
        if node.verb == "broadcast":
            yield "signal, not broadcast", [(_word(node, "broadcast"), "signal")]
    elif isinstance(node, nodes.WhileStatement):
        yield "if, not while", [(_word(node, "while"), "if")]
        yield "the loop left out", [(Span(node.span.start, node.body.span.start), "if false ")]
    elif isinstance(node, nodes.AssignStatement):
        yield "not assigned", [(node.span, "if true { }")]
    elif isinstance(node, nodes.SendStatement):
        yield "not sent", [(node.span, "if true { }")]
    elif isinstance(node, nodes.ExpressionStatement):
        yield from _calls(source, node)
    elif isinstance(node, nodes.ObjectDeclaration) and isinstance(node.argument, nodes.IntLiteral):
        for value in (node.argument.value + 1, node.argument.value - 1):
            yield f"{node.kind} with {value}", [(node.argument.span, str(value))]
    elif isinstance(node, nodes.CompareExpression) and len(node.operators) == 1:
        yield from _compared(source, node)


def _word(node: nodes.Node, word: str) -> Span:
    """The word that a statement begins with."""
    return Span(node.span.start, node.span.start + len(word))


def _protections(
    source: SourceText, node: nodes.LockStatement | nodes.RwStatement | nodes.AtomicStatement
) -> Iterator[tuple[str, list[Edit]]]:
    header = Span(node.span.start, node.body.span.start)
    yield "without its protection", [(header, "if true ")]
    if isinstance(node, nodes.RwStatement):
        taken = source.slice(node.target.span)
        yield "never given back", [(header, f"acquire {node.side} {taken}; if true ")]
        other = "write" if node.side == "read" else "read"
        yield f"{other} side", [(_word(node, node.side), other)]
    elif isinstance(node, nodes.LockStatement):
        yield from _swapped(source, node)
        taken = source.slice(node.target.span)
        yield "never given back", [(header, f"acquire {taken}; if true ")]


def _calls(source: SourceText, node: nodes.ExpressionStatement) -> Iterator[tuple[str, list[Edit]]]:
    value = node.value
    if isinstance(value, nodes.JoinExpression | nodes.AwaitExpression):
        yield "does not wait", [(node.span, "if true { }")]
    if (
        isinstance(value, nodes.CallExpression)
        and isinstance(value.callee, nodes.FieldExpression)
        and value.callee.name.text == "add"
        and len(value.arguments) == 1
    ):
        base, amount = source.slice(value.callee.base.span), source.slice(value.arguments[0].span)
        yield "not in one step", [(node.span, f"{base} += {amount}")]


def _swapped(source: SourceText, node: nodes.Node) -> Iterator[tuple[str, list[Edit]]]:
    """Two locks, one inside the other, taken the other way round."""
    if not isinstance(node, nodes.LockStatement):
        return
    for inner in node.body.statements:
        if isinstance(inner, nodes.LockStatement):
            one, two = source.slice(node.target.span), source.slice(inner.target.span)
            yield (
                "the locks in the other order",
                [(node.target.span, two), (inner.target.span, one)],
            )


def _compared(
    source: SourceText, node: nodes.CompareExpression
) -> Iterator[tuple[str, list[Edit]]]:
    between = Span(node.operands[0].span.end, node.operands[1].span.start)
    old = node.operators[0]
    text = source.slice(between)
    yield f"`{COMPARED[old]}`, not `{old}`", [(between, text.replace(old, COMPARED[old]))]


def _unprotected(every: list[nodes.Node]) -> Iterator[tuple[str, list[Edit]]]:
    """A thread without any lock, and all of them."""
    edits: list[Edit] = []
    threads = [node for node in every if isinstance(node, nodes.ThreadDeclaration)]
    for thread in threads:
        own: list[Edit] = []
        for node in every:
            inside = thread.span.start <= node.span.start < thread.span.end
            if inside and isinstance(node, nodes.LockStatement | nodes.RwStatement):
                own.append((Span(node.span.start, node.body.span.start), "if true "))
        if len(own) > 1:
            yield f"{thread.name.text} takes no lock", own
        edits += own
    if edits:
        yield "no lock at all", edits


def _over_synchronised(
    source: SourceText, every: list[nodes.Node]
) -> Iterator[tuple[str, list[Edit]]]:
    """One big lock around every thread's whole body."""
    edits: list[Edit] = []
    for node in every:
        if isinstance(node, nodes.ThreadDeclaration):
            inner = Span(node.body.span.start + 1, node.body.span.end - 1)
            edits.append((inner, f" lock big_lock {{{source.slice(inner)}\n}} "))
    if edits:
        end = len(source.text)
        yield "one big lock around everything", [*edits, (Span(end, end), "\nlock big_lock\n")]


def _whole_bodies(source: SourceText, every: list[nodes.Node]) -> Iterator[tuple[str, list[Edit]]]:
    for node in every:
        if isinstance(node, nodes.ThreadDeclaration):
            inner = Span(node.body.span.start + 1, node.body.span.end - 1)
            end = inner.end
            yield f"{node.name.text} does nothing", [(inner, " ")]
            yield f"{node.name.text} takes much longer", [(Span(end, end), "\nwork 1000 ")]
            yield (
                f"{node.name.text} spins",
                [
                    (Span(inner.start, inner.start), " while spin_flag == 0 { } "),
                    (Span(len(source.text), len(source.text)), "\nshared spin_flag = 0\n"),
                ],
            )


DECLARED = (
    ("lock", "lock extra_thing"),
    ("rwlock", "rwlock extra_thing"),
    ("semaphore", "semaphore extra_thing(1)"),
    ("condition", "condition extra_thing"),
    ("barrier", "barrier extra_thing(1)"),
    ("event", "event extra_thing"),
    ("channel", "channel extra_thing(1)"),
    ("atomic", "atomic extra_thing = 0"),
)
INSERTED = (
    ("atomic block", "atomic { }"),
    ("sleep", "sleep 1"),
    ("yield", "yield"),
    ("choose", "let _chosen = choose(1, 2)"),
)


def _additions(every: list[nodes.Node], end: int) -> Iterator[tuple[str, list[Edit]]]:
    """Constructs that were not there, for checks that forbid or count them."""
    for name, text in DECLARED:
        yield f"an extra {name}", [(Span(end, end), f"\n{text}\n")]
    first = next((n for n in every if isinstance(n, nodes.ThreadDeclaration)), None)
    if first is not None:
        at = first.body.span.start + 1
        for name, text in INSERTED:
            yield f"an extra {name}", [(Span(at, at), f" {text}; ")]
