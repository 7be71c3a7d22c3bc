"""Programs put together by hand, for tests of the machine alone.

    code("f", "READ 0 x; ADD 0 0 #1; WRITE x 0; END", frame=1)

Operands: numbers as they are, `#5` a constant, a bare name an object or cell (as a constant), `=f`
its plain number, `@label` a target; a label is `name:` before a micro-op.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from conclang.ir.ops import OPS, OpKind
from conclang.ir.policy_spec import PolicySpec
from conclang.ir.program import (
    Attributes,
    Cell,
    Code,
    Expected,
    MicroOp,
    Program,
    Select,
    Shape,
    Site,
    Template,
    Thing,
    Thread,
)

KINDS = "lock rwlock semaphore condition barrier event channel device runtime section".split()
INT = Shape("int")
NONE = Shape("none")


@dataclass
class Assembler:
    """Collects the parts of a program; `program()` puts them together."""

    ops: list[MicroOp] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    live: dict[int, tuple[int, ...]] = field(default_factory=dict)
    constants: list[int] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    things: dict[str, list[Thing]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    threads: list[Thread] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    templates: list[Template] = field(default_factory=list)
    messages: list[Template] = field(default_factory=list)
    selects: list[Select] = field(default_factory=list)
    expectations: list[Expected] = field(default_factory=list)
    landmarks: tuple[int, ...] = ()

    def constant(self, number: int) -> int:
        """The operand for a constant."""
        if number not in self.constants:
            self.constants.append(number)
        return ~self.constants.index(number)

    def cell(self, name: str, *initial: int) -> None:
        base = sum(len(cell.initial) for cell in self.cells)
        shape = INT if len(initial) == 1 else Shape("array", (INT,), len(initial))
        self.cells.append(Cell(name, "shared", base, shape, tuple(initial), "main", 0))
        self.names[name] = base

    def thing(self, kind: str, name: str, amount: int = 0, *options: str, words: int = 1) -> None:
        message = INT if words == 1 else Shape("tuple", (INT,) * words)
        made = Thing(kind, name, "main", 0, amount, frozenset(options), message)
        self.names[name] = len(self.things[kind])
        self.things[kind].append(made)

    def code(
        self, name: str, text: str, frame: int = 4, parameters: int = 0, result: Shape = NONE
    ) -> int:
        """Assemble a body; everything is live everywhere unless a line says `!0,1` at its end."""
        entry = len(self.ops)
        lines = [line.strip() for line in text.replace("\n", ";").split(";") if line.strip()]
        labels: dict[str, int] = {}
        plain: list[str] = []
        for line in lines:
            while ":" in line.split()[0]:
                label, _, line = line.partition(":")
                labels[label.strip()] = entry + len(plain)
                line = line.strip()
            plain.append(line)
        for line in plain:
            self._line(line, labels, frame)
        self.names[name] = number = len(self.codes)
        body = Code(
            name,
            entry,
            len(self.ops),
            frame,
            parameters,
            result,
            False,
            0,
            ("",) * frame,
            (None,) * frame,
        )
        self.codes.append(body)
        return number

    def _line(self, line: str, labels: dict[str, int], frame: int) -> None:
        line, _, live = line.partition("!")
        kind, *words = line.split()
        row = OPS[OpKind[kind]]
        operands = [self._operand(word, labels) for word in words]
        operands += [0] * (5 - len(operands))
        slots = (
            tuple(range(frame))
            if not live
            else tuple(int(x) for x in live.split(",") if x.strip() not in ("", "-"))
        )
        if row.visible or kind in ("SLEEP", "IO", "CALL"):
            self.live[len(self.ops)] = slots
        self.ops.append(MicroOp(OpKind[kind], *operands, site=0))
        if kind == "BARRIER_WAIT":
            self.live[len(self.ops)] = slots

    def _operand(self, word: str, labels: dict[str, int]) -> int:
        if word.startswith("#"):
            return self.constant(int(word[1:]))
        if word.startswith("@"):
            return labels[word[1:]]
        if word.startswith("="):
            return self.names[word[1:]]
        if word.lstrip("-").isdigit():
            return int(word)
        return self.constant(self.names[word])

    def thread(self, name: str, code: str | int, *arguments: int, daemon: bool = False) -> None:
        number = self.names[code] if isinstance(code, str) else code
        attributes = Attributes(daemon=daemon)
        self.threads.append(Thread(name, number, tuple(arguments), "main", attributes, 0, name))

    def program(self) -> Program:
        return Program(
            scenario="",
            ops=tuple(self.ops),
            codes=tuple(self.codes),
            live={pc: slots for pc, slots in self.live.items() if pc < len(self.ops)},
            constants=tuple(self.constants),
            strings=("",),
            cells=tuple(self.cells),
            things={kind: tuple(things) for kind, things in self.things.items()},
            threads=tuple(self.threads),
            processors=(),
            processes=("main",),
            default_runtime=-1,
            templates=tuple(self.templates),
            messages=tuple(self.messages),
            selects=tuple(self.selects),
            expectations=tuple(self.expectations),
            sites=(Site(1, 1, 1, 1, ""),),
            landmarks=self.landmarks,
            digest="",
        )


_ = PolicySpec
