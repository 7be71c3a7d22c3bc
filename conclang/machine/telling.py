"""Words for what the machine did: names of objects, values as a person writes them, log to events.

The core notes numbers; this is the only place that turns them into text, and it is asked only when
somebody listens (or for `print`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Cell, Program, Shape, Template

NOTE_ENTER = 1001
NOTE_CHOOSE = 1002
NOTE_URGENT = 1005

Told = tuple[str, str, "int | str | None"]
"""An event's kind, object and value."""


class Names:
    """What things of a program are called."""

    def __init__(self, program: Program, entity: Callable[[int], str]) -> None:
        self.program = program
        self.entity = entity
        self.bases = [cell.base for cell in program.cells]

    def cell(self, place: int) -> str:
        """`count`, `flags[2]`."""
        cell = self.cell_at(place)
        if cell is None:
            return f"cell {place}"
        if cell.shape.kind != "array":
            return cell.name
        width = max(1, cell.shape.items[0].width)
        return f"{cell.name}[{(place - cell.base) // width}]"

    def cell_at(self, place: int) -> Cell | None:
        position = bisect_right(self.bases, place) - 1
        return self.program.cells[position] if position >= 0 else None

    def cell_value(self, place: int, word: int) -> int | str:
        """A word as the cell's type shows it; numbers stay numbers."""
        cell = self.cell_at(place)
        shape = cell.shape if cell is not None else Shape("int")
        if shape.kind == "array":
            shape = shape.items[0]
        return word if shape.kind == "int" else self.show(shape, [word])

    def thing(self, kind: str, index: int) -> str:
        things = self.program.things.get(kind, ())
        return things[index].name if 0 <= index < len(things) else f"{kind} {index}"

    def site(self, pc: int) -> int:
        return self.program.ops[pc].site if 0 <= pc < len(self.program.ops) else -1

    def show(self, shape: Shape, words: Sequence[int]) -> str:
        """A value as `print` shows it."""
        kind = shape.kind
        if kind == "bool":
            return "true" if words[0] else "false"
        if kind == "str":
            strings = self.program.strings
            return strings[words[0]] if 0 <= words[0] < len(strings) else f"string {words[0]}"
        if kind == "handle":
            return self.entity(words[0] - 1) if words[0] > 0 else "nobody"
        if kind == "channel":
            return self.thing("channel", words[0])
        if kind == "tuple":
            return f"({', '.join(self._parts(shape.items, words))})"
        if kind == "array":
            return f"[{', '.join(self._parts(shape.items * shape.count, words))}]"
        return "" if kind == "none" else str(words[0])

    def _parts(self, shapes: Sequence[Shape], words: Sequence[int]) -> list[str]:
        parts, at = [], 0
        for shape in shapes:
            parts.append(self.show(shape, words[at : at + shape.width]))
            at += shape.width
        return parts

    def fill(self, template: Template, words: Sequence[int]) -> str:
        """A template's text; `words` are those of its values, in order."""
        out, at = [], 0
        for part in template.parts:
            if part.shape is None:
                out.append(part.text)
                continue
            out.append(self.show(part.shape, words[at : at + part.shape.width]))
            at += part.shape.width
        return "".join(out)

    def message(self, channel: int, words: Sequence[int]) -> str:
        things = self.program.things["channel"]
        shape = things[channel].message if 0 <= channel < len(things) else None
        if shape is None or len(words) < shape.width:
            return ""
        return self.show(shape, words)


def told(names: Names, record: list[int]) -> Iterator[Told]:
    """The events of one record of the machine's log: kind, entity, pc, object, then its words."""
    kind = record[0]
    if kind == NOTE_ENTER:
        yield "enter", names.thing("section", record[3]), None
    elif kind == NOTE_CHOOSE:
        yield "choose", "", record[4]
    elif kind == NOTE_URGENT:
        yield "acquire", names.thing("lock", record[4] if len(record) > 4 else 0), None
    elif kind < len(OPS):
        teller = TELLERS.get(OpKind(kind))
        if teller is not None:
            yield from teller(names, record)


def _memory(event: str, value_at: int) -> Callable[[Names, list[int]], Iterator[Told]]:
    def teller(names: Names, record: list[int]) -> Iterator[Told]:
        yield event, names.cell(record[3]), names.cell_value(record[3], record[value_at])

    return teller


def _swap(names: Names, record: list[int]) -> Iterator[Told]:
    yield "rmw", names.cell(record[3]), names.cell_value(record[3], record[5])


def _cas(names: Names, record: list[int]) -> Iterator[Told]:
    name = names.cell(record[3])
    if record[4]:
        yield "rmw", name, "replaced"
    else:
        yield "load", name, names.cell_value(record[3], record[5])


def _plain(event: str, value: str | None = None) -> Callable[[Names, list[int]], Iterator[Told]]:
    def teller(names: Names, record: list[int]) -> Iterator[Told]:
        yield event, names.thing(OPS[record[0]].target, record[3]), value

    return teller


def _try(value: str | None) -> Callable[[Names, list[int]], Iterator[Told]]:
    def teller(names: Names, record: list[int]) -> Iterator[Told]:
        won = bool(record[4])
        yield "acquire" if won else "try", names.thing(OPS[record[0]].target, record[3]), value

    return teller


def _wait(names: Names, record: list[int]) -> Iterator[Told]:
    yield "wait", names.thing("condition", record[3]), names.thing("lock", record[4])


def _retake(names: Names, record: list[int]) -> Iterator[Told]:
    yield "acquire", names.thing("lock", record[4]), None


def _signal(names: Names, record: list[int]) -> Iterator[Told]:
    woken = [names.entity(entity) for entity in record[4:] if entity >= 0]
    yield "signal", names.thing("condition", record[3]), ", ".join(woken) or "nobody"


def _send(names: Names, record: list[int]) -> Iterator[Told]:
    if len(record) < 5:  # it failed: the channel is closed
        return
    channel = record[3]
    text = names.message(channel, record[6:])
    yield "send", names.thing("channel", channel), text
    if record[4] >= 0:
        yield "receive", names.thing("channel", channel), text


def _receive(names: Names, record: list[int]) -> Iterator[Told]:
    text = names.message(record[3], record[5:]) if record[4] else "closed"
    yield "receive", names.thing("channel", record[3]), text


def _select(names: Names, record: list[int]) -> Iterator[Told]:
    """After the arm: what its send or receive notes, if it has one."""
    arm = names.program.selects[names.program.ops[record[2]].a].arms[record[4]]
    if len(record) <= 5:
        return
    moved = [int(OpKind.SEND), record[1], record[2], *record[5:]]
    if arm.kind == "send":
        yield from _send(names, moved)
    elif arm.kind == "receive":
        yield from _receive(names, moved)


def _create(names: Names, record: list[int]) -> Iterator[Told]:
    yield "create", names.entity(record[4] - 1), OPS[record[0]].name.lower()


def _join(names: Names, record: list[int]) -> Iterator[Told]:
    yield "join", names.entity(record[3] - 1), None


def _leave(names: Names, record: list[int]) -> Iterator[Told]:
    yield "leave", names.thing("section", names.program.ops[record[2]].a), None


def _print(names: Names, record: list[int]) -> Iterator[Told]:
    template = names.program.templates[names.program.ops[record[2]].a]
    yield "print", "", names.fill(template, record[4:])


def _pause(names: Names, record: list[int]) -> Iterator[Told]:
    yield "local", names.program.sites[names.site(record[2])].text, None


TELLERS: dict[OpKind, Callable[[Names, list[int]], Iterator[Told]]] = {
    OpKind["READ"]: _memory("read", 4),
    OpKind["WRITE"]: _memory("write", 4),
    OpKind["LOAD"]: _memory("load", 4),
    OpKind["STORE"]: _memory("store", 4),
    OpKind["FETCH_ADD"]: _swap,
    OpKind["SWAP"]: _swap,
    OpKind["CAS"]: _cas,
    OpKind["ACQUIRE"]: _plain("acquire"),
    OpKind["RELEASE"]: _plain("unlock"),
    OpKind["TRY"]: _try(None),
    OpKind["READ_ACQUIRE"]: _plain("acquire", "read"),
    OpKind["READ_RELEASE"]: _plain("unlock", "read"),
    OpKind["READ_TRY"]: _try("read"),
    OpKind["WRITE_ACQUIRE"]: _plain("acquire", "write"),
    OpKind["WRITE_RELEASE"]: _plain("unlock", "write"),
    OpKind["WRITE_TRY"]: _try("write"),
    OpKind["DOWN"]: _plain("acquire"),
    OpKind["UP"]: _plain("unlock"),
    OpKind["DOWN_TRY"]: _try(None),
    OpKind["WAIT"]: _wait,
    OpKind["RETAKE"]: _retake,
    OpKind["SIGNAL"]: _signal,
    OpKind["BROADCAST"]: _signal,
    OpKind["EVENT_WAIT"]: _plain("pass"),
    OpKind["EVENT_SET"]: _plain("signal"),
    OpKind["EVENT_RESET"]: _plain("reset"),
    OpKind["BARRIER_WAIT"]: _plain("meet"),
    OpKind["SEND"]: _send,
    OpKind["RECEIVE"]: _receive,
    OpKind["CLOSE"]: _plain("close"),
    OpKind["SELECT"]: _select,
    OpKind["SPAWN"]: _create,
    OpKind["GO"]: _create,
    OpKind["ASYNC"]: _create,
    OpKind["JOIN"]: _join,
    OpKind["AWAIT"]: _join,
    OpKind["LEAVE"]: _leave,
    OpKind["PRINT"]: _print,
    OpKind["PAUSE"]: _pause,
}
