"""The prepared parser: everything the driver needs, as plain numbers.

Lark works the LALR table out from the grammar (`lark_build`), which takes a quarter of a second;
what is kept here needs no Lark. The text form has a paragraph for each kind of thing, its name
first, then a line for each of them: a changed grammar shows a readable difference, and a damaged or
hostile file can at worst be refused.

An action is one integer: positive = shift and go to that state, negative = reduce by rule ~action.
Rows of equal content are kept once. A small file meets a tenth of all states and rules: each of
these lines is understood when it is needed (`late`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conclang.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

FORMAT = 2  # raised whenever the meaning of a prepared table changes
END = "\n\nend\n"
NEWLINE, IN_PATTERN = "\n", "\f"  # which in a pattern stands for the other
PRIME = (1 << 61) - 1

Row = dict[int, int]


class _Late(dict[int, object]):
    """See `late`; its length is the number of all there are."""

    def __init__(self, count: int, make: Callable[[int], object]) -> None:
        self.count = count
        self.make = make

    def __missing__(self, number: int) -> object:
        if not 0 <= number < self.count:
            raise KeyError(number)
        self[number] = made = self.make(number)
        return made

    def __len__(self) -> int:
        return self.count


def late(count: int, make: Callable[[int], T]) -> dict[int, T]:
    """So many things by number, each made when it is first asked for."""
    return _Late(count, make)  # type: ignore[return-value]


def whole(things: dict[int, T]) -> list[T]:
    """All of them."""
    return [things[number] for number in range(len(things))]


@record
class Rule:
    """`kept` are the positions of the children that matter; None is an optional one left out."""

    made: int  # number of the nonterminal
    length: int
    name: str  # alias, or name of the rule; "" if it only passes its child on
    kept: tuple[int | None, ...]


@record
class Table:
    fingerprint: str
    terminals: tuple[str, ...]
    nonterminals: tuple[str, ...]
    patterns: tuple[tuple[int, str], ...]  # (terminal, regular expression), in order of trial
    keywords: dict[str, int]  # spelling of a word -> terminal
    signs: dict[str, int]  # spelling of punctuation -> terminal
    ignored: frozenset[int]
    rules: dict[int, Rule]
    actions: dict[int, Row]  # by state: terminal -> action
    gotos: dict[int, Row]  # by state: nonterminal -> state
    starts: dict[str, tuple[int, int]]  # start rule -> (first state, last state)

    def terminal(self, name: str) -> int:
        return self.terminals.index(name)


def fingerprint(grammar: str) -> str:
    """Tells whether a table was made from this grammar. Against mistakes, not against malice."""
    return f"{FORMAT}:{len(grammar)}:{int.from_bytes(grammar.encode(), 'big') % PRIME:x}"


# -- writing


def to_text(table: Table) -> str:
    """The table as a text."""
    rows, actions = _shared_rows(whole(table.actions))
    goto_rows, gotos = _shared_rows(whole(table.gotos))
    parts: dict[str, Iterable[object]] = {
        "fingerprint": [table.fingerprint],
        "terminals": table.terminals,
        "nonterminals": table.nonterminals,
        "patterns": [
            f"{number} {pattern.replace(NEWLINE, IN_PATTERN)}" for number, pattern in table.patterns
        ],
        "keywords": [f"{word} {number}" for word, number in table.keywords.items()],
        "signs": [f"{sign} {number}" for sign, number in table.signs.items()],
        "ignored": sorted(table.ignored),
        "starts": [f"{name} {first} {last}" for name, (first, last) in table.starts.items()],
        "rules": map(_rule_line, whole(table.rules)),
        "action_rows": rows,
        "actions": actions,
        "goto_rows": goto_rows,
        "gotos": gotos,
    }
    return "\n\n".join("\n".join(map(str, [head, *lines])) for head, lines in parts.items()) + END


def _shared_rows(states: Iterable[Row]) -> tuple[list[str], list[int]]:
    seen: dict[str, int] = {}
    numbers = [seen.setdefault(_row_line(row), len(seen)) for row in states]
    return list(seen), numbers


def _row_line(row: Row) -> str:
    return " ".join(f"{key} {value}" for key, value in sorted(row.items())) or "-"


def _rule_line(rule: Rule) -> str:
    kept = ("-" if place is None else str(place) for place in rule.kept)
    return " ".join([str(rule.made), str(rule.length), rule.name or "-", *kept])


# -- reading


def from_text(text: str, wanted: str) -> Table | None:
    """The table, or None if it is not one, or not one of the `wanted` grammar."""
    if not text.startswith(f"fingerprint\n{wanted}\n") or not text.endswith(END):
        return None
    parts = {}
    for paragraph in text.split("\n\n"):
        head, *lines = paragraph.split("\n")
        parts[head] = lines
    try:
        return _from_parts(wanted, parts)
    except (ValueError, KeyError):
        return None


def _from_parts(wanted: str, parts: dict[str, list[str]]) -> Table:
    patterns = [line.split(" ", 1) for line in parts["patterns"]]
    starts = [line.split(" ") for line in parts["starts"]]
    rules = parts["rules"]
    return Table(
        fingerprint=wanted,
        terminals=tuple(parts["terminals"]),
        nonterminals=tuple(parts["nonterminals"]),
        patterns=tuple([(int(n), p.replace(IN_PATTERN, NEWLINE)) for n, p in patterns]),
        keywords=_spellings(parts["keywords"]),
        signs=_spellings(parts["signs"]),
        ignored=frozenset(map(int, parts["ignored"])),
        rules=late(len(rules), lambda number: _rule(rules[number])),
        actions=_late_rows(parts["action_rows"], parts["actions"]),
        gotos=_late_rows(parts["goto_rows"], parts["gotos"]),
        starts={name: (int(first), int(last)) for name, first, last in starts},
    )


def _spellings(lines: list[str]) -> dict[str, int]:
    return {text: int(number) for text, number in [line.split(" ") for line in lines]}


def _late_rows(rows: list[str], numbers: list[str]) -> dict[int, Row]:
    def row(state: int) -> Row:
        line = rows[int(numbers[state])]
        values = [] if line == "-" else list(map(int, line.split(" ")))
        return dict(zip(values[::2], values[1::2], strict=True))

    return late(len(numbers), row)


def _rule(line: str) -> Rule:
    made, length, name, *kept = line.split(" ")
    places = tuple([None if place == "-" else int(place) for place in kept])
    return Rule(int(made), int(length), "" if name == "-" else name, places)
