"""A schedule as a table: a column per thread, a row per step, the decisive steps marked."""

from __future__ import annotations

from conclang.render.text_style import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.explore.result import Finding, Move

NARROW = 34  # a column that wants more gets it only if there is room
ROOM = 90  # for all columns together
MOST_COLUMNS = 6
MOST_ROWS = 60
MOST_MARKED = 20  # of the rows that are left out otherwise
MARKED = "►"


def table(finding: Finding, color: bool) -> list[str]:
    """The rows of the table; many threads share one column, long schedules are cut."""
    moves = finding.moves
    threads = list(dict.fromkeys(move.thread for move in moves))
    if len(threads) > MOST_COLUMNS:
        return _list(moves, finding.loop)
    widths = _widths([_width(moves, thread) for thread in threads])
    number = len(str(len(moves)))
    head = "  ".join(f"{_cut(t, w):<{w}}" for t, w in zip(threads, widths, strict=True))
    rows = [f"{'':>{number}}   {head}".rstrip()]
    for index, move in enumerate(moves):
        if index == finding.loop:
            rows.append("-- from here on for ever --")
        cells = [_cell(move, t, w) for t, w in zip(threads, widths, strict=True)]
        sign = MARKED if move.decisive else " "
        rows.append(f"{index + 1:>{number}} {sign} {'  '.join(cells)}".rstrip())
    return _shortened(rows)


def _widths(wanted: list[int]) -> list[int]:
    """As wide as the texts are; if that is too much, the widest columns are cut first."""
    room = ROOM - 2 * (len(wanted) - 1)
    most = max(wanted, default=0)
    while most > NARROW and sum(min(most, width) for width in wanted) > room:
        most -= 1
    return [min(most, width) for width in wanted]


def _list(moves: tuple[Move, ...], loop: int) -> list[str]:
    rows = []
    for index, move in enumerate(moves):
        if index == loop:
            rows.append("-- from here on for ever --")
        sign = MARKED if move.decisive else " "
        rows.append(
            f"{index + 1:>3} {sign} {move.thread}: {printable(move.text)} (line {move.line})"
        )
    return _shortened(rows)


def _shortened(rows: list[str]) -> list[str]:
    """The beginning and the end of what is too long, and between them what is marked."""
    if len(rows) <= MOST_ROWS:
        return rows
    half = MOST_ROWS // 2
    middle = range(half, len(rows) - half)
    marked = [n for n in middle if MARKED in rows[n][:8]][-MOST_MARKED:]
    found, next_ = rows[:half], half
    for number in (*marked, len(rows) - half):
        if number > next_:
            found.append(f"… {number - next_} more …")
        found += [rows[number]] if number in middle else []
        next_ = number + 1
    return found + rows[-half:]


def _width(moves: tuple[Move, ...], thread: str) -> int:
    return max([len(thread), *(len(_text(m)) for m in moves if m.thread == thread)])


def _text(move: Move) -> str:
    return f"{printable(move.text)} :{move.line}"


def _cell(move: Move, thread: str, width: int) -> str:
    """What does not fit is cut, but for the line."""
    if move.thread != thread:
        return " " * width
    line = f" :{move.line}"
    return f"{_cut(printable(move.text), width - len(line)) + line:<{width}}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
