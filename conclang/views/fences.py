"""A picture from the words behind ```` ```conclang ```` and the text below them.

The words are an action (a view of `draw`, or `run`, `check`, `compare`) and options as the command
line has them: `timeline --cores 2 --policy fifo -D N=5`; `cores="2"` does as well as `--cores 2`,
and `D="N=5"` as `-D N=5`, which is how MkDocs writes options.
Notes, notebooks, MkDocs and Sphinx all come here.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from conclang.record import record
from conclang.views.asking import THEMES, Ask, CannotBeHad, read_schedule, shortened

if TYPE_CHECKING:
    from conclang.pipeline import Checked

ACTIONS = ("run", "check", "compare")
NUMBERS = ("cores", "seed", "until", "at", "max_states")
FLAGS = {"all_schedules": "every"}
TEXTS = ("policy", "by", "theme", "schedule", "policies")
NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)?\Z")


@record
class Wish:
    """What a fence asks for. `policies` and `counts` are those of `compare`."""

    action: str
    ask: Ask
    policies: str | None = None
    counts: tuple[int, ...] = ()


def wish_of(words: str | Iterable[str], more: tuple[str, ...] = ()) -> Wish:
    """The words of a fence, understood; `CannotBeHad` says what is wrong with them.

    `more`: actions that only this host has.
    """
    try:
        tokens = shlex.split(words) if isinstance(words, str) else list(words)
    except ValueError as problem:
        raise CannotBeHad(f"`{shortened(words)}`: {problem}") from None
    actions = [token for token in tokens[:1] if not _is_option(token)]
    action = actions[0] if actions else "timeline"
    if action not in more:
        _known(action)
    asked: dict[str, Any] = {}
    defines: dict[str, str] = {}
    for name, value in _pairs(tokens[len(actions) :]):
        if name == "D":
            defines |= _defined(value)
        else:
            asked[name] = value
    return _wish(action, asked, defines)


def _defined(text: str) -> dict[str, str]:
    """`N=5`, also several with commas."""
    found = {}
    for part in text.split(","):
        key, _, value = (piece.strip() for piece in part.partition("="))
        if not NAME.match(key) or not value:
            raise CannotBeHad(f"`-D {shortened(text)}` is not of the form NAME=VALUE")
        found[key] = value
    return found


def _known(action: str) -> None:
    from conclang.views.table import VIEWS, view_of

    if action not in ACTIONS and action not in VIEWS:
        view_of(action)


def _wish(action: str, asked: dict[str, str], defines: dict[str, str]) -> Wish:
    policies = asked.pop("policies", None)
    counts: tuple[int, ...] = ()
    if action == "compare" and "cores" in asked:
        counts = tuple(_number("cores", part) for part in asked.pop("cores").split(","))
    made: dict[str, Any] = {}
    for name, value in asked.items():
        if name in FLAGS:
            made[FLAGS[name]] = True
        elif name in NUMBERS:
            made[name] = _number(name, value)
        elif name == "schedule":
            made[name] = read_schedule(value)
        else:
            made[name] = value
    if made.get("theme", "auto") not in THEMES:
        raise CannotBeHad(f"--theme: '{shortened(made['theme'])}' is not {', '.join(THEMES)}")
    return Wish(action, Ask(**made, defines=tuple(sorted(defines.items()))), policies, counts)


def _is_option(token: str) -> bool:
    return token.startswith("-") or "=" in token


def _pairs(tokens: list[str]) -> Iterator[tuple[str, str]]:
    rest = iter(tokens)
    for token in rest:
        if token.startswith("-D"):
            yield "D", token[2:] or next(rest, "")
            continue
        if token.startswith(("D=", "define=")):
            yield "D", token.partition("=")[2]
            continue
        name, equals, value = token.removeprefix("--").partition("=")
        key = name.replace("-", "_")
        if key in FLAGS:
            yield key, ""
        elif key not in (*NUMBERS, *TEXTS):
            raise CannotBeHad(f"`{shortened(token)}` is no option of a picture")
        else:
            yield key, value if equals else _after(token, next(rest, None))


def _after(token: str, value: str | None) -> str:
    if value is None:
        raise CannotBeHad(f"`{shortened(token)}` needs a value")
    return value


def _number(name: str, text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 18 or (name == "cores" and int(text) == 0):
        raise CannotBeHad(f"--{name.replace('_', '-')}: '{shortened(text)}' is no number for that")
    return int(text)


def load_of(wish: Wish, text: str, name: str) -> Checked:
    """The scenario of a fence, with the constants it sets."""
    from conclang.pipeline import load_text

    schedule = wish.ask.schedule
    constants = {**dict(schedule.constants if schedule else ()), **dict(wish.ask.defines)}
    return load_text(text, name, constants)


def drawn(wish: Wish, checked: Checked) -> str:
    """The picture that a fence asks for, as SVG."""
    from conclang.views.table import picture, rendered

    program = checked.program
    assert program is not None
    if wish.action == "check":
        from conclang.explore.checker import CheckOptions, check
        from conclang.pipeline import timed_status
        from conclang.views.findings import check_svg

        options = CheckOptions(
            max_states=wish.ask.max_states, timed=lambda one: timed_status(program, one)
        )
        made: str | bytes = check_svg(program, check(program, options))
    elif wish.action == "compare":
        from conclang.views.comparing import chart, compared, requests_of

        requests = requests_of(program, wish.ask, wish.policies, wish.counts)
        made = chart(compared(program, requests))
    else:
        view = "timeline" if wish.action == "run" else wish.action
        made = picture(checked, view, "svg", wish.ask)
        return made if isinstance(made, str) else made.decode("utf-8")
    assert isinstance(made, str)
    themed = rendered(made, "svg", wish.ask.theme)
    assert isinstance(themed, str)
    return themed


def title_of(wish: Wish, checked: Checked) -> str:
    """What the picture is called, for those who cannot see it."""
    title = checked.program.scenario if checked.program is not None else ""
    view = "timeline" if wish.action == "run" else wish.action
    return f"{view}: {title}" if title else view


def mistakes_of(checked: Checked, lines_before: int = 0) -> list[str]:
    """One line for each error, with the lines of the document that the fence stands in."""
    found = []
    for diagnostic in checked.bag.errors:
        place = checked.source.place(diagnostic.span.start)
        where = f"{checked.source.name}:{place.line + lines_before}:{place.column}"
        found.append(f"{where}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}")
    return found
