"""No text of ours is clipped or covers another: every example, every ugly scenario, every view."""

from __future__ import annotations

import re
import string
import xml.etree.ElementTree as tree
from pathlib import Path

import layout
import pytest
from ugly import UGLY

from conclang.explore.checker import CheckOptions, check
from conclang.pipeline import load_text
from conclang.render import svg
from conclang.render.outcomes_svg import outcomes_svg
from conclang.views.asking import Ask
from conclang.views.comparing import chart, compared, requests_of
from conclang.views.findings import check_svg
from conclang.views.table import picture

EXAMPLES = Path(__file__).parents[3] / "examples"
TEXTS = {f"{p.parent.name}/{p.stem}": p.read_text() for p in sorted(EXAMPLES.glob("*/*.cl"))}
SCENES = {**UGLY, **TEXTS}
STATES = 400
SOME = {**UGLY, **{name: TEXTS[name] for name in list(TEXTS)[::7]}}


def drawn(text: str, view: str) -> str:
    until = None if text == UGLY["long"] else 3000  # some examples never end
    made = picture(load_text(text), view, "svg", Ask(until=until))
    return made if isinstance(made, str) else made.decode("utf-8")


@pytest.mark.parametrize("view", ["timeline", "sequence"])
@pytest.mark.parametrize("name", SCENES)
def test_runs(name: str, view: str) -> None:
    assert layout.complaints(drawn(SCENES[name], view)) == []


@pytest.mark.parametrize("name", SOME)
def test_checks_and_outcomes(name: str) -> None:
    program = load_text(SOME[name]).program
    assert program is not None
    result = check(program, CheckOptions(max_states=STATES))
    assert layout.complaints(check_svg(program, result)) == []
    counted = check(program, CheckOptions(max_states=STATES, count=True))
    assert layout.complaints(outcomes_svg(counted)) == []


@pytest.mark.parametrize("cores", [(), (1, 2, 3, 4, 8, 16)])
@pytest.mark.parametrize("name", [*UGLY, "scheduling/mlfq", "locks/convoy"])
def test_comparisons(name: str, cores: tuple[int, ...]) -> None:
    program = load_text(SCENES[name]).program
    assert program is not None
    wanted = "fifo; round_robin(quantum: 3); mlfq(levels: 3, quanta: [4, 8, 16])"
    rows = compared(program, requests_of(program, Ask(until=2000), wanted, cores))
    assert layout.complaints(chart(rows)) == []


def test_the_estimate_is_never_too_small() -> None:
    regular = layout.faces()["regular"]
    letters = [c for c in regular if c.isalnum() or c in string.punctuation + " …—·→←"]
    assert [c for c in letters if svg.width(c, 1) < regular[c] - 0.001] == []


@pytest.mark.parametrize("name", UGLY)
def test_titles_in_bold_fit_too(name: str) -> None:
    root = tree.fromstring(drawn(UGLY[name], "timeline"))
    for element in root.iter(f"{layout.SVG}text"):
        if element.get("class") == "big":
            words = element.text or ""
            assert layout.width(words, 17, True) <= svg.width(words, 17) * svg.BOLD + 1


@pytest.mark.parametrize("view", ["timeline", "sequence", "machine", "waits", "locks", "code"])
@pytest.mark.parametrize("name", UGLY)
def test_every_svg_has_a_title_and_a_description(name: str, view: str) -> None:
    made = drawn(UGLY[name], view)
    root = tree.fromstring(made)
    assert root.get("role") == "img" and root.get("aria-labelledby")
    title, description = root.find(f"{layout.SVG}title"), root.find(f"{layout.SVG}desc")
    assert title is not None and (title.text or "").strip()
    assert description is not None and (description.text or "").strip()
    ids = re.findall(r' id="([^"]+)"', made)
    assert len(ids) == len(set(ids))


def test_the_check_itself_sees_what_is_wrong() -> None:
    page = svg.Page("t", "d")
    page.words(10, 20, "one text")
    page.words(30, 22, "over it")
    page.words(95, 60, "beyond")
    found = layout.complaints(page.done(100, 100, ""))
    assert len(found) == 2 and "covers" in found[1] and "beyond" in found[0]
