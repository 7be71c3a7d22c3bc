"""The view `states`: by what the state graph is folded, and when it is too large."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from conclang.views.asking import CannotBeHad, TooMany, shortened

if TYPE_CHECKING:
    from conclang.explore.folding import Folded, Key, States
    from conclang.ir.program import Expected, Program
    from conclang.pipeline import Checked

MOST_STATES = 20_000
KINDS = ("0", "true", '""')  # an expression is a number, a truth value or a string


Keys = tuple["Callable[[Sequence[int]], Key] | None", str]


def states_text(checked: Checked, defines: dict[str, str], by: str | None, most: int | None) -> str:
    """The graph as text, folded so that it can be read, or a message that says what to do."""
    from conclang.explore.folding import States
    from conclang.render.states_dot import MOST_EDGES, MOST_NODES, states_dot

    limit = most or MOST_STATES
    parts = list(_parts(by)) if by else []
    program = _with_expressions(checked, defines, [p for p in parts if p not in ("locks", "none")])
    states = States(program, limit)
    if states.interrupted:
        raise KeyboardInterrupt
    if states.limit:
        raise TooMany(
            f"there are more than {limit} states: too many to draw. Smaller numbers "
            "(-D NAME=VALUE) make fewer; --max-states looks at more"
        )
    schedule = _schedule(program, limit)
    folded: Folded | None = None
    for key, words in _ways(states, program, parts):
        folded = states.folded(key, schedule)
        if len(folded.nodes) <= MOST_NODES and len(folded.edges) <= MOST_EDGES:
            return states_dot(folded, program.scenario, words)
    made = "are"
    if folded is not None:
        made = f"make {len(folded.nodes)} nodes and {len(folded.edges)} edges,"
    raise TooMany(
        f"{states.graph.count} states {made} more than can be read: fold them by an expression of "
        "few values, as in --by 'count'"
    )


def _parts(by: str) -> Iterator[str]:
    """`count, a[0]`: at the commas outside of brackets."""
    depth, part = 0, ""
    for letter in by:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def _ways(states: States, program: Program, parts: list[str]) -> Iterator[Keys]:
    """As asked for, else one after the other until the picture is small enough."""
    if parts == ["none"]:
        yield None, ""
        return
    if parts:
        yield _asked(states, program, parts), f"folded by {', '.join(parts)}"
        return
    from conclang.render.states_dot import MOST_NODES

    if states.graph.count <= 4 * MOST_NODES:
        yield None, "straight chains joined"

    def both(words: Sequence[int]) -> Key:
        return (*states.values(words), *states.locks(words))

    if program.things["lock"]:
        yield both, "folded by variables and locks"
    if program.cells:
        yield states.values, "folded by variables"
    if program.things["lock"]:
        yield states.locks, "folded by locks"


def _asked(states: States, program: Program, parts: list[str]) -> Callable[[Sequence[int]], Key]:
    lines = _added(program, [part for part in parts if part != "locks"])
    keys: list[Callable[[Sequence[int]], Key]] = []
    for part in parts:
        if part == "locks":
            keys.append(states.locks)
        else:
            line = lines[part]
            assert line.shape is not None
            keys.append(states.expression(part, line.code, line.shape))
    return lambda words: tuple(text for key in keys for text in key(words))


def _added(program: Program, parts: list[str]) -> dict[str, Expected]:
    """The lines that were added for the expressions: the last ones of the program."""
    if not parts:
        return {}
    return dict(zip(parts, program.expectations[-len(parts) :], strict=True))


def _with_expressions(checked: Checked, defines: dict[str, str], parts: list[str]) -> Program:
    """The program with a line for each expression, so that the language itself reads them."""
    assert checked.program is not None
    program, added = checked.program, ""
    for part in parts:
        for kind in KINDS if part.isprintable() else ():
            line = f"\nexpect outcomes ({part}) == {{{kind}}}"
            made = _loaded(checked.source.text + added + line, defines)
            if made is not None and len(made.expectations) == len(program.expectations) + 1:
                program, added = made, added + line
                break
        else:
            raise CannotBeHad(f"--by: '{shortened(part)}' is no expression over shared variables")
    return program


def _loaded(text: str, defines: dict[str, str]) -> Program | None:
    from conclang.pipeline import load_text

    return load_text(text, overrides=dict(defines)).program


def _schedule(program: Program, most: int) -> str:
    """The shortest schedule of the gravest finding, "" if there is none."""
    from conclang.explore.checker import CheckOptions, check

    result = check(program, CheckOptions(max_states=most))
    for finding in sorted(result.findings, key=lambda f: f.kind == "expectation"):
        if finding.schedule and finding.kind in ("deadlock", "leak", "error", "assertion", "race"):
            return finding.schedule
    return ""
