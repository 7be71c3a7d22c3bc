"""YAML as a tree of nodes that know where they stand, and nothing that could hurt.

PyYAML finds the structure; what a scalar means is decided later, by the type that the table of
keys asks for. So `on`, `no` and `010` are what was written, never silently something else.
Anchors, aliases and tags are refused before anything is built: an exercise has no use for them,
and a few lines of them can unfold into gigabytes.
"""

from __future__ import annotations

from typing import Any

from conclang.diagnostics.diagnostic import Bag, Diagnostic
from conclang.diagnostics.source import NOWHERE, SourceText, Span
from conclang.record import record

LARGEST = 256 * 1024  # code points
DEEPEST = 20
MOST_NODES = 5000


@record
class Scalar:
    """A word or a text; `plain` if it stands without quotes."""

    span: Span
    text: str
    plain: bool


@record
class Sequence:
    span: Span
    items: tuple[Tree, ...]


@record
class Mapping:
    """Keys are scalars; doubles were reported and are left out."""

    span: Span
    entries: tuple[tuple[Scalar, Tree], ...]

    def get(self, key: str) -> Tree | None:
        return next((value for name, value in self.entries if name.text == key), None)


Tree = Scalar | Sequence | Mapping


def read_tree(source: SourceText, bag: Bag) -> Tree | None:
    """The document as a tree; None after a mistake that leaves nothing to look at."""
    import yaml

    if len(source.text) > LARGEST:
        bag.report("CL1006", NOWHERE, f"this file has more than {LARGEST // 1024} KB")
        return None
    try:
        if not _harmless(source, bag):
            return None
        root = yaml.compose(source.text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as problem:
        bag.add(_not_yaml(source, problem))
        return None
    except (ValueError, RecursionError) as problem:
        bag.report("CL1001", NOWHERE, f"this is not YAML: {problem}")
        return None
    if root is None:
        bag.report("CL1001", NOWHERE, "this file is empty")
        return None
    return _tree(root, bag)


def _harmless(source: SourceText, bag: Bag) -> bool:
    """No anchors, no tags, not too deep, not too much; said at the first place that offends."""
    import yaml

    depth = documents = 0
    for count, event in enumerate(yaml.parse(source.text, Loader=yaml.SafeLoader)):
        name = type(event).__name__
        documents += name == "DocumentStartEvent"
        depth += name in ("SequenceStartEvent", "MappingStartEvent")
        depth -= name in ("SequenceEndEvent", "MappingEndEvent")
        message = _objection(event, name)
        if depth > DEEPEST:
            message = f"nested more than {DEEPEST} deep"
        if count > MOST_NODES:
            message = f"more than {MOST_NODES} entries"
        if documents > 1:
            message = "a second document in one file"
        if message:
            bag.report("CL1006", _span(event), message)
            return False
    return True


def _span(thing: Any) -> Span:
    return Span(thing.start_mark.index, thing.end_mark.index)


def _objection(event: Any, name: str) -> str:
    if name == "AliasEvent":
        return f"an alias (`*{event.anchor}`): write out what it stands for"
    if getattr(event, "anchor", None):
        return f"an anchor (`&{event.anchor}`): write the text where it is needed"
    if getattr(event, "tag", None):
        return f"a tag (`{event.tag}`): the type of a value follows from its key"
    return ""


def _not_yaml(source: SourceText, problem: Any) -> Diagnostic:
    mark = getattr(problem, "problem_mark", None)
    if mark is None:  # a character that YAML does not know
        at = getattr(problem, "position", 0)
        return Diagnostic(
            "CL1001", "this is not YAML: a character it does not allow", Span(at, at + 1)
        )
    said = str(problem.problem or problem.context or "it cannot be read")
    at = min(mark.index, len(source.text))
    help = ""
    if "mapping values are not allowed" in said:
        help = "a text that has `: ` in it needs quotes around it"
    elif "cannot start any token" in said:
        help = "a text that starts with such a sign needs quotes around it; indent with spaces"
    helps = (help,) if help else ()
    return Diagnostic("CL1001", f"this is not YAML: {said}", Span(at, at + 1), helps=helps)


def _tree(node: Any, bag: Bag) -> Tree:
    """Depth is limited by now, so recursion is safe."""
    span = _span(node)
    kind = node.id
    if kind == "scalar":
        return Scalar(span, node.value, node.style is None)
    if kind == "sequence":
        return Sequence(span, tuple(_tree(item, bag) for item in node.value))
    entries: dict[str, tuple[Scalar, Tree]] = {}
    for key, value in node.value:
        name = _tree(key, bag)
        if not isinstance(name, Scalar):
            bag.report("CL1004", name.span, "a key must be a word")
        elif name.text in entries:
            _twice(bag, name, entries[name.text][0])
        else:
            entries[name.text] = (name, _tree(value, bag))
    return Mapping(span, tuple(entries.values()))


def _twice(bag: Bag, name: Scalar, first: Scalar) -> None:
    from conclang.diagnostics.diagnostic import Label

    labels = (Label(first.span, "first here"),)
    message = f"the key `{name.text}` is there twice"
    bag.add(Diagnostic("CL1003", message, name.span, labels=labels))
