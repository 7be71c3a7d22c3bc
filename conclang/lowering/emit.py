"""The writer of code: slots, labels, sites, constants.

`Assembler` collects what belongs to the whole program (micro-ops of all codes, the constant pool,
sites, templates, selects); `CodeWriter` writes one code into it. Labels are numbers of their own
until the code is finished, then they become absolute indices; so a jump may be written before its
target.

Slots grow like a stack and locals are never given back, so every variable has a slot of its own
and a name for listings; temporaries lie above the locals and are forgotten at the end of each
statement. What must outlive its statement (a loop's bound, a lock's index) is a hidden local.
"""

from __future__ import annotations

from conclang.diagnostics.source import SourceText, Span
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Arm, Code, MicroOp, Select, Shape, Site, Template
from conclang.record import new, record, replace

_TEXT_LIMIT = 60


@record(frozen=False)
class Assembler:
    """What all codes share."""

    source: SourceText
    ops: list[MicroOp] = new(factory=list)
    codes: list[Code] = new(factory=list)
    sites: list[Site] = new(factory=list)
    constants: list[int | str] = new(factory=list)  # strings are numbered at the end
    selects: list[Select] = new(factory=list)
    templates: list[Template] = new(factory=list)
    messages: list[Template] = new(factory=list)
    strings: set[str] = new(factory=set)
    _constant_index: dict[tuple[type, int | str], int] = new(factory=dict)
    _site_index: dict[tuple[int, int], int] = new(factory=dict)

    def constant(self, value: int | bool | str) -> int:
        """The value operand of a constant."""
        word: int | str = value if isinstance(value, str) else int(value)
        key = (type(word), word)
        if key not in self._constant_index:
            self._constant_index[key] = len(self.constants)
            self.constants.append(word)
            if isinstance(word, str):
                self.strings.add(word)
        return ~self._constant_index[key]

    def site(self, span: Span) -> int:
        """The site of a span; its text is the span's source on one line."""
        key = (span.start, span.end)
        if key not in self._site_index:
            self._site_index[key] = len(self.sites)
            self.sites.append(self._describe(span))
        return self._site_index[key]

    def _describe(self, span: Span) -> Site:
        start, end = self.source.place(span.start), self.source.place(max(span.end, span.start))
        raw = self.source.text[span.start : min(span.end, span.start + 4 * _TEXT_LIMIT)]
        text = " ".join(raw.split())
        if len(text) > _TEXT_LIMIT or span.end - span.start > len(raw):
            text = text[: _TEXT_LIMIT - 1].rstrip() + "…"
        return Site(start.line, start.column, end.line, end.column, text)

    def string_numbers(self) -> dict[str, int]:
        """Strings in sorted order, "" first: comparing numbers is comparing strings."""
        return {text: number for number, text in enumerate(sorted(self.strings | {""}))}

    def constant_words(self) -> tuple[int, ...]:
        numbers = self.string_numbers()
        return tuple(numbers[c] if isinstance(c, str) else c for c in self.constants)


@record
class Leave:
    """What leaving a block costs: a micro-op to write on every way out."""

    kind: OpKind
    operand: int
    site: int


@record(frozen=False)
class Loop:
    """Targets of `break` and `continue`, and how many open blocks there were at its start."""

    leave: int
    again: int
    depth: int


class _At:
    """A place that is the current one for a while."""

    def __init__(self, writer: CodeWriter, site: int) -> None:
        self.writer = writer
        self.site = site

    def __enter__(self) -> None:
        self.before, self.writer.current_site = self.writer.current_site, self.site

    def __exit__(self, *_: object) -> None:
        self.writer.current_site = self.before


class CodeWriter:
    """Writes one code; see the essay above."""

    def __init__(self, assembler: Assembler, name: str, peeks: bool = False) -> None:
        self.all = assembler
        self.name = name
        self.peeks = peeks  # cells are read by PEEK: predicates and words of failed asserts
        self.entry = len(assembler.ops)
        self.open: list[Leave] = []
        self.loops: list[Loop] = []
        self.slot_names: list[str] = []
        self.slot_shapes: list[Shape | None] = []
        self.current_site = 0
        self._labels: list[int] = []
        self._top = 0
        self._frame = 0
        self._first_select = len(assembler.selects)

    # -- slots

    def local(self, name: str, shape: Shape) -> int:
        """Slots for a variable, to be called only between temporaries' lives."""
        first, width = len(self.slot_names), max(shape.width, 1)
        self.slot_names += [name] + [""] * (width - 1)
        self.slot_shapes += [shape] + [None] * (width - 1)
        self._top = len(self.slot_names)
        self._frame = max(self._frame, self._top)
        return first

    def hidden(self) -> int:
        """A slot for a value that outlives its statement and has no name."""
        first = self.local("", Shape("int"))
        self.slot_shapes[first] = None
        return first

    def temporary(self, width: int = 1) -> int:
        first = self._top
        self._top += width
        self._frame = max(self._frame, self._top)
        return first

    def protect_temporaries(self) -> None:
        """Locals made from now on lie above the temporaries in use."""
        missing = self._top - len(self.slot_names)
        self.slot_names += [""] * missing
        self.slot_shapes += [None] * missing

    def forget_temporaries(self) -> None:
        self._top = len(self.slot_names)

    # -- places and labels

    def at(self, span: Span) -> _At:
        """Micro-ops written inside come from this place."""
        return _At(self, self.all.site(span))

    def label(self) -> int:
        self._labels.append(-1)
        return len(self._labels) - 1

    def place(self, label: int) -> None:
        self._labels[label] = len(self.all.ops)

    # -- micro-ops

    def emit(self, kind: OpKind, *operands: int) -> None:
        self.all.ops.append(_micro_op(kind, operands, self.current_site))

    def jump(self, label: int) -> None:
        self.emit(OpKind.JUMP, label)

    def branch(self, value: int, then: int, otherwise: int) -> None:
        self.emit(OpKind.BRANCH, value, then, otherwise)

    def constant(self, value: int | bool | str) -> int:
        return self.all.constant(value)

    def move(self, target: int, source: int, width: int = 1) -> None:
        if target == source or width == 0:
            return
        if width == 1:
            self.emit(OpKind.MOVE, target, source)
        else:
            self.emit(OpKind.COPY, target, source, width)

    # -- blocks that must be left properly

    def enter(self, kind: OpKind, operand: int, span: Span) -> None:
        self.open.append(Leave(kind, operand, self.all.site(span)))

    def leave(self) -> None:
        """Write the way out of the innermost open block and close it."""
        self._write_leave(self.open.pop())

    def leave_down_to(self, depth: int) -> None:
        """Write the ways out of all blocks above `depth`, which stay open for the code after."""
        for block in reversed(self.open[depth:]):
            self._write_leave(block)

    def _write_leave(self, block: Leave) -> None:
        operands = () if block.kind == OpKind.ATOMIC_END else (block.operand,)
        self.all.ops.append(_micro_op(block.kind, operands, block.site))

    # -- the end

    def finish(self, parameters: int, result: Shape, is_function: bool, span: Span) -> int:
        """Resolve the labels, add the code to the program; its index."""
        ops = self.all.ops
        for at in range(self.entry, len(ops)):
            ops[at] = self._resolve(ops[at])
        for number in range(self._first_select, len(self.all.selects)):
            arms = self.all.selects[number].arms
            self.all.selects[number] = Select(tuple(self._resolve_arm(arm) for arm in arms))
        names = tuple(self.slot_names) + ("",) * (self._frame - len(self.slot_names))
        shapes = tuple(self.slot_shapes) + (None,) * (self._frame - len(self.slot_shapes))
        self.all.codes.append(
            Code(
                name=self.name,
                entry=self.entry,
                end=len(ops),
                frame=self._frame,
                parameters=parameters,
                result=result,
                is_function=is_function,
                site=self.all.site(span),
                slot_names=names,
                slot_shapes=shapes,
            )
        )
        return len(self.all.codes) - 1

    def _resolve(self, op: MicroOp) -> MicroOp:
        roles = OPS[op.kind].roles
        if "t" not in roles:
            return op
        targets = {
            letter: self._labels[getattr(op, letter)]
            for letter, role in zip("abcde", roles, strict=True)
            if role == "t"
        }
        return replace(op, **targets)

    def _resolve_arm(self, arm: Arm) -> Arm:
        return replace(arm, target=self._labels[arm.target])


def _micro_op(kind: OpKind, operands: tuple[int, ...], site: int) -> MicroOp:
    a, b, c, d, e = (*operands, 0, 0, 0, 0, 0)[:5]
    return MicroOp(kind, a, b, c, d, e, site)
