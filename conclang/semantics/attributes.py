"""What follows `with` in a thread's head, against the table of attributes."""

from __future__ import annotations

from collections.abc import Iterable

from conclang.diagnostics.source import Span
from conclang.record import record
from conclang.semantics.constants import Evaluator, index_range
from conclang.semantics.symbols import Kind, ProcessorData, Symbol, ThreadAttributes
from conclang.semantics.world import Space, World
from conclang.syntax import nodes as n

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@record
class AttributeRule:
    """One attribute. `value` is "int", "processor", or "" for a bare word."""

    name: str
    summary: str
    value: str = "int"
    minimum: int = 0
    maximum: int = 10**12
    example: str = ""


ATTRIBUTES: dict[str, AttributeRule] = {
    row.name: row
    for row in (
        AttributeRule("priority", "larger is more important", minimum=-1000000, maximum=1000000),
        AttributeRule("arrival", "tick at which the thread appears"),
        AttributeRule("on", "the processor it runs on", "processor", example="on cpu"),
        AttributeRule("pinned", "the core it never leaves", maximum=1023),
        AttributeRule("burst", "ticks of work that `sjf` and `srtf` count on"),
        AttributeRule("deadline", "ticks from release until it must have finished", minimum=1),
        AttributeRule("period", "ticks between two releases", minimum=1),
        AttributeRule(
            "tickets", "its share under `lottery` and `stride`", minimum=1, maximum=10**6
        ),
        AttributeRule("nice", "its weight under `cfs` and `eevdf`", minimum=-20, maximum=19),
        AttributeRule("daemon", "may be left blocked at the end", ""),
    )
}


class AttributeChecker:
    """Evaluates the attributes of one thread declaration."""

    def __init__(self, world: World, space: Space, node: n.ThreadDeclaration) -> None:
        self.world = world
        self.space = space
        self.node = node
        self.rows = self.known_rows()

    def known_rows(self) -> list[tuple[AttributeRule, n.Attribute]]:
        """The attributes that exist, each once."""
        rows: list[tuple[AttributeRule, n.Attribute]] = []
        places: dict[str, Span] = {}
        report = self.world.reporter
        for attribute in self.node.attributes:
            word, span = attribute.name.text, attribute.name.span
            row = ATTRIBUTES.get(word)
            if row is None:
                text = f"threads have no attribute `{word}`"
                report.misspelt("CL0710", span, text, word, ATTRIBUTES, f"there are {_all()}")
            elif word in places:
                text = f"`{word}` is given twice"
                report.report("CL0711", span, text, at=((places[word], "first given here"),))
            elif self.has_right_form(row, attribute):
                places[word] = span
                rows.append((row, attribute))
        return rows

    def has_right_form(self, row: AttributeRule, attribute: n.Attribute) -> bool:
        if (attribute.value is None) == (row.value == ""):
            return True
        if attribute.value is None:
            text = f"`{row.name}` needs a value"
            help = f"for example `{row.example or row.name + ' 3'}`"
        else:
            text, help = f"`{row.name}` takes no value", f"write `{row.name}` alone"
        self.world.reporter.report("CL0712", attribute.span, text, help=help)
        return False

    # ------------------------------------------------------------- front door

    def all(
        self, index: Symbol | None, numbers: Iterable[int]
    ) -> tuple[ThreadAttributes, tuple[ThreadAttributes, ...]]:
        """Attributes common to the family, and each one's own if they depend on the index."""
        if index is None:
            return self.one({})[0], ()
        own: list[ThreadAttributes] = []
        for number in numbers:
            errors = len(self.world.reporter.errors)
            attributes, depends = self.one({index: number})
            if not depends:
                return attributes, ()
            own.append(attributes)
            if len(self.world.reporter.errors) > errors:
                break  # the others would say the same
        return (own[0] if own else ThreadAttributes()), tuple(own)

    def one(self, locals: dict[Symbol, int]) -> tuple[ThreadAttributes, bool]:
        values: dict[str, Any] = {}
        depends = False
        for row, attribute in self.rows:
            if row.value == "":
                values[row.name] = True
            elif row.value == "processor":
                values["on"] = self.processor(attribute)
            elif attribute.value is not None:
                evaluator = Evaluator(self.world, self.space, f"`{row.name}`", locals)
                number = evaluator.integer(attribute.value)
                depends = depends or evaluator.used_index
                if number is not None and self.in_range(row, attribute.value, number):
                    values[row.name] = number
        return ThreadAttributes(**values), depends

    def in_range(self, row: AttributeRule, node: n.Expression, number: int) -> bool:
        if row.minimum <= number <= row.maximum:
            return True
        limit = f"at least {row.minimum}" if number < row.minimum else f"at most {row.maximum}"
        text = f"`{row.name}` must be {limit}, not {number}"
        self.world.reporter.report("CL0712", node.span, text)
        return False

    def processor(self, attribute: n.Attribute) -> Symbol | None:
        node = attribute.value
        if not isinstance(node, n.NameExpression):
            if node is not None and not isinstance(node, n.ErrorExpression):
                text = "after `on` stands the name of a processor"
                self.world.reporter.report("CL0713", node.span, text)
            return None
        entry = self.world.find(node.name, self.space)
        if entry is not None and entry.kind is Kind.PROCESSOR and entry.symbol is not None:
            entry.used = True
            self.world.refs[node.id] = entry.symbol
            return entry.symbol
        if entry is not None and entry.kind is Kind.ERROR:
            return None
        self.no_processor(node, entry.kind if entry else None)
        return None

    def no_processor(self, node: n.NameExpression, kind: Kind | None) -> None:
        names = [
            entry.name
            for space in (self.space, self.world.top)
            for entry in space.names.values()
            if entry.kind is Kind.PROCESSOR
        ]
        text = f"there is no processor `{node.name}`"
        if kind is not None:
            text = f"`{node.name}` is a {kind}, not a processor"
        help = "" if names else f"declare one with `processor {node.name} {{ cores 2 }}`"
        self.world.reporter.misspelt("CL0713", node.span, text, node.name, names, help)


def check_pinning(world: World, symbol: Symbol, all: Iterable[ThreadAttributes]) -> None:
    """Check that the cores exist that threads are pinned to."""
    node = symbol.node
    if not isinstance(node, n.ThreadDeclaration):
        return
    written = [a for a in node.attributes if a.name.text == "pinned" and a.value is not None]
    if not written:
        return
    processors = [s for s in world.symbols if s.kind is Kind.PROCESSOR]
    first = processors[0] if processors else None
    for attributes in all:
        chip = attributes.on or first
        if attributes.pinned is None:
            continue
        cores = chip.data.cores if chip and isinstance(chip.data, ProcessorData) else 2
        if attributes.pinned >= cores:
            where = f"`{chip.name}`" if chip else "the processor"
            span = written[0].value.span if written[0].value else node.span
            text = f"{where} has no core {attributes.pinned}: {index_range(0, cores)}"
            at = ((chip.span, "declared here"),) if chip else ()
            world.reporter.report("CL0714", span, text.replace("element", "core"), at=at)
            return


def _all() -> str:
    return ", ".join(f"`{name}`" for name in ATTRIBUTES)
