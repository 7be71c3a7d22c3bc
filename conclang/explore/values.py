"""Words of a state as people write them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from conclang.explore.result import Value
from conclang.ir.program import Cell, Program, Shape


class Group(list[Value]):
    """A tuple: a list in JSON like an array, but written with other brackets."""


def shown(program: Program, shape: Shape, words: Sequence[int]) -> Value:
    """A value of a shape; arrays and tuples are lists."""
    if shape.kind == "bool":
        return bool(words[0])
    if shape.kind == "str":
        return program.strings[words[0]]
    if shape.kind == "none":
        return None
    if shape.kind == "tuple":
        parts, at = Group(), 0
        for item in shape.items:
            parts.append(shown(program, item, words[at : at + item.width]))
            at += item.width
        return parts
    if shape.kind == "array":
        width = shape.items[0].width
        return [
            shown(program, shape.items[0], words[i * width : (i + 1) * width])
            for i in range(shape.count)
        ]
    return int(words[0])


def text(value: Value) -> str:
    """A value as the language writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list):
        parts = ", ".join(map(text, value))
        return f"({parts})" if isinstance(value, Group) else f"[{parts}]"
    return str(value)


def cell_of(program: Program, word: int) -> Cell:
    """The variable a word of memory belongs to."""
    global _bases
    if _bases[0] is not program:
        _bases = (program, sorted(program.cells, key=_base))
    cells = _bases[1]
    at = bisect_right(cells, word, key=_base) - 1
    if at < 0 or word >= cells[at].base + max(len(cells[at].initial), 1):
        raise IndexError(f"no cell has word {word}")
    return cells[at]


def _base(cell: Cell) -> int:
    return cell.base


_bases: tuple[Program | None, list[Cell]] = (None, [])
"""The program asked about last, and its variables in the order of their words."""


def cell_name(program: Program, word: int) -> str:
    """The name of a word of memory: `count`, `a[2]`."""
    cell = cell_of(program, word)
    if cell.shape.kind != "array":
        return cell.name
    return f"{cell.name}[{(word - cell.base) // max(cell.shape.items[0].width, 1)}]"


def final_values(program: Program, memory: Sequence[int]) -> tuple[tuple[str, Value], ...]:
    """All variables, in order of declaration."""
    return tuple(
        (cell.name, shown(program, cell.shape, memory[cell.base : cell.base + len(cell.initial)]))
        for cell in program.cells
    )
