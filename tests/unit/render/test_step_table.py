"""A schedule as a table: what is cut, and what is not."""

from __future__ import annotations

from conclang.explore.result import Finding, Move
from conclang.render.step_table import table


def finding(*moves: Move) -> Finding:
    return Finding("race", "", "", moves=moves)


def test_the_line_stays_where_a_cell_is_cut() -> None:
    moves = [
        Move(name, "has the lock back after waiting on " + name * 9, 12, False) for name in "abc"
    ]
    rows = table(finding(*moves), False)
    assert [row.rstrip()[-5:] for row in rows[1:]] == ["… :12"] * 3


def test_of_a_long_schedule_the_marked_steps_stay() -> None:
    moves = [Move("a", f"step {n}", n, n in (40, 41, 60)) for n in range(100)]
    rows = table(finding(*moves), False)
    assert [row for row in rows if "►" in row] == [
        " 41 ► step 40 :40",
        " 42 ► step 41 :41",
        " 61 ► step 60 :60",
    ]
    assert [row for row in rows if "more" in row] == ["… 11 more …", "… 18 more …", "… 9 more …"]
