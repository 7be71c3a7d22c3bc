"""Light and dark: what is in a picture of which theme, and whether everybody can read it."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as tree

import pytest
from pictured import CONVERSATION, DEADLOCK, HOSTILE, RACE, program_of
from test_timeline import SIGHTS, contrast, lab

from conclang.pipeline import load_text
from conclang.render import code_dot, compare_svg, dot, themes, timeline_style
from conclang.render.machine_dot import machine_dot
from conclang.views.asking import Ask
from conclang.views.table import VIEWS, picture

GRAPHS = [view for view, row in VIEWS.items() if row.own == "dot"]
LIGHT_INK, DARK_INK = "#000000", themes.DARK["black"]
STROKES = {"#555555", "#888888", "#444444", "#333333", "#b3261e", "#0b5394", "#1b6b2f", "black"}


def text_of(view: str, form: str, theme: str, text: str = CONVERSATION) -> str:
    made = picture(load_text(text), view, form, Ask(theme=theme))
    return made if isinstance(made, str) else made.decode("utf-8")


@pytest.mark.parametrize("view", VIEWS)
def test_auto_asks_the_viewer_and_the_others_do_not(view: str) -> None:
    auto, light, dark = (text_of(view, "svg", theme, RACE) for theme in themes_of())
    assert "prefers-color-scheme" in auto
    assert "prefers-color-scheme" not in light + dark and light != dark
    for made in (auto, light, dark):
        tree.fromstring(made)


def themes_of() -> tuple[str, str, str]:
    return "auto", "light", "dark"


@pytest.mark.parametrize("view", GRAPHS)
def test_every_colour_of_a_graph_has_a_dark_twin(view: str) -> None:
    for scene in (CONVERSATION, DEADLOCK, RACE):
        if view == "states" and scene is CONVERSATION:
            continue
        text = text_of(view, "dot", "light", scene)
        for found in themes.COLORED.finditer(text):
            assert not found[1] or found[3] in themes.DARK, found[0]


def test_texts_are_not_taken_for_colours() -> None:
    text = machine_dot(program_of('scenario "color=white fillcolor=\\"#f6b7a5\\""\nlock m'))
    dark = themes.themed_dot(text, "dark")
    assert r"color=white fillcolor=\"#f6b7a5\"" in dark
    assert 'bgcolor="#16181d"' in dark


def test_grounds_of_graphs_can_be_read_on() -> None:
    for light, dark in themes.DARK.items():
        if light in STROKES:
            continue
        shown = "#ffffff" if light == "white" else light
        assert contrast(LIGHT_INK, shown) >= 4.5, light
        assert contrast(DARK_INK, dark) >= 4.5, dark


def test_strokes_and_their_texts_stand_out() -> None:
    for light in STROKES - {"black"}:
        floor = 3.0 if light == "#888888" else 4.5  # only a frame has this one
        assert contrast(light, "#ffffff") >= floor, light
        assert contrast(themes.DARK[light], themes.DARK["white"]) >= floor, light


def test_lines_of_charts_stand_out() -> None:
    for light, dark in compare_svg.LINES:
        assert contrast(light, "#ffffff") >= 4.5
        assert contrast(dark, timeline_style.DARK["back"]) >= 4.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_that_mean_something_differ_for_everybody(
    sight: tuple[tuple[float, ...], ...],
) -> None:
    """A finished state and a dead one; a bar and its row; the locks of a code view and none."""
    pairs = [
        ("#d8f0e4", "#ffd9d6"),
        ("#5cb894", timeline_style.LIGHT["row"]),
        ("#0b5394", "#b3261e"),
        *((code_dot.BARE, color) for color in code_dot.COLORS),
        *itertools.combinations([ground for ground, _ in timeline_style.STATES.values()], 2),
    ]
    for one, two in pairs:
        a, b = lab(one, sight), lab(two, sight)
        apart = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        assert apart > 4, (one, two, apart)  # and each pair differs in shape or pattern as well


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_wheel_draws_when_there_is_no_dot(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    which = dot.shutil.which
    monkeypatch.setattr(dot.shutil, "which", lambda name: None if name == "dot" else which(name))
    command = dot.program()
    assert command is not None and command[0].endswith(dot.PURE)
    made = dot.drawn(machine_dot(program_of(HOSTILE)), form, "t<", "d&", "auto")
    if form == "png":
        assert made.startswith(b"\x89PNG")
        return
    root = tree.fromstring(made)
    fonts = {e.get("font-family") for e in root.iter() if e.get("font-family")}
    assert fonts == {dot.FONT}
    assert root.findtext("{*}title") == "t<"


def test_a_graph_is_a_pdf_without_dot_too(monkeypatch: pytest.MonkeyPatch) -> None:
    which = dot.shutil.which
    monkeypatch.setattr(dot.shutil, "which", lambda name: None if name == "dot" else which(name))
    made = picture(load_text(RACE), "machine", "pdf", Ask())
    assert isinstance(made, bytes) and made.startswith(b"%PDF")


def test_a_graph_has_no_numbers_of_nodes_as_titles() -> None:
    root = tree.fromstring(text_of("machine", "svg", "auto"))
    titles = [e.text for e in root.iter() if e.tag.endswith("}title")]
    assert len(titles) == 1
    assert not re.search(r"\bn\d+\b", titles[0] or "")
