"""The cell magic `%%conclang` of IPython and Jupyter.

    %load_ext conclang

    %%conclang timeline --cores 2 --as result
    thread alice { work 3 }

The words behind it are those of a fence in notes; `--as NAME` keeps the result in a variable.
"""

from __future__ import annotations

import shlex
from typing import Any

from conclang.embed.api import Scenario
from conclang.embed.shown import Shown
from conclang.views.asking import CannotBeHad
from conclang.views.fences import Wish, load_of, wish_of


def register(shell: Any) -> None:
    """Make the magic known to a shell."""
    shell.register_magic_function(
        lambda line, cell: magic(line, cell, shell.user_ns), "cell", "conclang"
    )


def magic(line: str, cell: str, names: dict[str, Any]) -> Shown:
    """What one cell comes to; a scenario with mistakes shows its report."""
    words, name = _kept(line)
    wish = wish_of(words or ["run"], more=("page",))
    scenario = Scenario(load_of(wish, cell, "<cell>"), dict(wish.ask.defines))
    result = _result(scenario, wish) if scenario.ok else scenario
    if name:
        names[name] = result
    return result


def _kept(line: str) -> tuple[list[str], str]:
    """The words without `--as NAME`, and the name."""
    try:
        words = shlex.split(line)
    except ValueError as problem:
        raise CannotBeHad(f"`{line}`: {problem}") from None
    if "--as" not in words:
        return words, ""
    at = words.index("--as")
    name = words[at + 1] if at + 1 < len(words) else ""
    if not name.isidentifier():
        raise CannotBeHad("`--as` needs the name of a variable")
    return words[:at] + words[at + 2 :], name


def _page(scenario: Scenario, wish: Wish) -> Shown:
    ask = wish.ask
    return scenario.page(policy=ask.policy, cores=ask.cores, seed=ask.seed, until=ask.until)


def _result(scenario: Scenario, wish: Wish) -> Shown:
    if wish.action == "page":
        return _page(scenario, wish)
    if wish.action == "run":
        return scenario.run_as(wish.ask)
    if wish.action == "check":
        return scenario.check(max_states=wish.ask.max_states)
    if wish.action == "compare":
        return scenario.compare(
            wish.policies, wish.counts, seed=wish.ask.seed, until=wish.ask.until
        )
    return scenario.draw_as(wish.action, wish.ask)
