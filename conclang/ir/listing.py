"""A program in words: what `conclang ops` prints.

Every body, its source lines, and under each line the micro-ops it became. A star marks the visible
ones: those are the steps, between any two of which others may run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Arm, Code, MicroOp, Part, Program, Template

LEGEND = (
    "* a step: others may run before and after it. The rest happens together with the step before."
)


def listing(program: Program) -> str:
    """The whole program: threads, then functions, then expectations."""
    blocks = [[f'scenario "{program.scenario}"'], [LEGEND]] if program.scenario else [[LEGEND]]
    judging = {e.code for e in program.expectations} | {e.code2 for e in program.expectations}
    numbers = range(len(program.codes))
    bodies = [n for n in numbers if not program.codes[n].is_function and n not in judging]
    functions = [n for n in numbers if program.codes[n].is_function and n not in judging]
    names: dict[int, list[str]] = {}
    for thread in program.threads:
        names.setdefault(thread.code, []).append(thread.name)
    blocks += [_body(program, n, names.get(n, [])) for n in bodies + functions]
    for expected in program.expectations:
        for number in (expected.code, expected.code2):
            if number >= 0:
                blocks.append([expected.text, *_ops(program, program.codes[number])])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _body(program: Program, number: int, threads: list[str]) -> list[str]:
    code = program.codes[number]
    return [_heading(code, threads), *_ops(program, code)]


def _heading(code: Code, names: list[str]) -> str:
    if code.is_function:
        return f"fn {code.name}({', '.join(_parameters(code))})"
    if len(names) > 4:
        names = [names[0], names[1], "...", names[-1]]
    return f"thread {', '.join(names) or code.name}"


def _parameters(code: Code) -> Iterator[str]:
    for slot in range(code.parameters):
        if code.slot_names[slot : slot + 1] and code.slot_names[slot]:
            yield code.slot_names[slot]


def _ops(program: Program, code: Code) -> Iterator[str]:
    """The lines of one body: a source line whenever it changes, then its micro-ops."""
    shown = None
    for pc in range(code.entry, code.end):
        op = program.ops[pc]
        site = program.sites[op.site] if op.site < len(program.sites) else None
        if site is not None and (site.line, site.text) != shown:
            shown = (site.line, site.text)
            yield f"  {site.line}: {site.text}"
        star = "*" if OPS[op.kind].visible else " "
        words = sentence(program, code, op)
        yield f"    {pc:>4} {star} {op.kind.name.lower():<13} {words}".rstrip()


def sentence(program: Program, code: Code, op: MicroOp) -> str:
    """One micro-op in words, with the names of the scenario."""
    row = OPS[op.kind]
    operands = (op.a, op.b, op.c, op.d, op.e)
    thing = _object_position(op.kind)
    words = {}
    for position, (letter, role, operand) in enumerate(
        zip("abcde", row.roles, operands, strict=True)
    ):
        if position == thing:
            kind = _KIND_OF_OBJECT.get(row.name, row.target)
            words[letter] = object_name(program, code, kind, operand)
        else:
            words[letter] = _operand(program, code, op.kind, role, operand)
    return row.sentence.format(**words)


def _object_position(kind: OpKind) -> int:
    row = OPS[kind]
    if row.name in ("LEAVE", "ENTER"):
        return 0
    if row.name in ("PEEK", "IO"):
        return 1
    if row.name == "GO":
        return 4
    if not row.visible or row.access == "spawn" or row.target in ("", "all", "output", "entity"):
        return -1
    return row.roles.find("v")


_KIND_OF_OBJECT = {"PEEK": "cell", "IO": "device", "GO": "runtime", "ENTER": "section"}


def object_name(program: Program, code: Code, kind: str, operand: int) -> str:
    """The object an operand names; an index computed at run time is shown as such."""
    if kind == "section" and 0 <= operand < len(program.things["section"]):
        return program.things["section"][operand].name
    if operand >= 0:
        return f"{kind} {slot_name(code, operand)}"
    number = program.constants[~operand]
    if kind == "cell":
        return cell_name(program, number)
    things = program.things.get(kind, ())
    return things[number].name if 0 <= number < len(things) else str(number)


def cell_name(program: Program, word: int) -> str:
    """The variable a word of memory belongs to."""
    at = bisect_right(program.cells, word, key=lambda cell: cell.base) - 1
    if at >= 0 and word < program.cells[at].base + len(program.cells[at].initial):
        cell = program.cells[at]
        return cell.name if cell.shape.kind != "array" else f"{cell.name}[{word - cell.base}]"
    return f"cell {word}"


def slot_name(code: Code, slot: int) -> str:
    """A local variable's name, `name.2` for a further word of it, `t5` for a temporary."""
    if slot < 0:
        return "nothing"
    for first in range(slot, -1, -1):
        if first < len(code.slot_names) and code.slot_names[first]:
            shape = code.slot_shapes[first]
            if slot == first:
                return code.slot_names[first]
            if shape is not None and slot < first + shape.width:
                return f"{code.slot_names[first]}.{slot - first}"
            break
    return f"t{slot}"


def _operand(program: Program, code: Code, kind: OpKind, role: str, operand: int) -> str:
    if role == "v" and operand < 0:
        return str(program.constants[~operand])
    if role in ("v", "s", "w"):
        return slot_name(code, operand)
    if role == "k":
        return _side_table(program, code, kind, operand)
    return str(operand)


def _side_table(program: Program, code: Code, kind: OpKind, operand: int) -> str:
    if kind == OpKind.PRINT:
        return _template(program, code, program.templates[operand])
    if kind == OpKind.ASSERT:
        return _template(program, code, program.messages[operand])
    if kind == OpKind.SELECT:
        return "; ".join(_arm(program, code, arm) for arm in program.selects[operand].arms)
    return program.codes[operand].name


def _template(program: Program, code: Code, template: Template) -> str:
    return '"' + "".join(_part(program, code, part) for part in template.parts) + '"'


def _part(program: Program, code: Code, part: Part) -> str:
    if part.shape is None:
        return part.text.replace("\n", "\\n")
    return "{" + _operand(program, code, OpKind.MOVE, "v", part.operand) + "}"


def _arm(program: Program, code: Code, arm: Arm) -> str:
    if arm.kind == "default":
        return f"default, go to {arm.target}"
    if arm.kind == "after":
        ticks = _operand(program, code, OpKind.MOVE, "v", arm.value)
        return f"after {ticks} go to {arm.target}"
    channel = object_name(program, code, "channel", arm.channel)
    if arm.kind == "send":
        return f"send {slot_name(code, arm.value)} on {channel}, go to {arm.target}"
    return f"receive from {channel} into {slot_name(code, arm.value)}, go to {arm.target}"
