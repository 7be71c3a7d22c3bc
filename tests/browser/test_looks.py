"""Light and dark, wide and narrow, on paper, and for those who want no motion."""

from __future__ import annotations

import pytest
from pages import AT_ONCE, CROWD, EMPTY, LONG, OPPOSITE, PIPES, press, settle

TOKENS = "bg card lane sunk ink soft line accent tint alarm alarm-tint good good-tint open open-tint flash word string digits"
ON_WHAT = {
    "ink": "bg card lane sunk tint flash alarm-tint",
    "soft": "bg card lane sunk tint flash",
    "accent": "bg card tint",
    "alarm": "card alarm-tint",
    "good": "card good-tint",
    "open": "card open-tint",
    "word": "card tint flash",
    "string": "card tint flash",
    "digits": "card tint flash",
}
READ = """names => {
  const root = document.getElementById('conclang');
  const probe = document.createElement('span');
  root.append(probe);
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = name => {
    probe.style.color = `var(--${name})`;
    paint.fillStyle = getComputedStyle(probe).color;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const found = Object.fromEntries(names.map(name => [name, read(name)]));
  probe.remove();
  return found;
}"""


def luminance(color: list[int]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: list[int], two: list[int]) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_on_every_ground(opened, scheme: str) -> None:
    tab = opened(PIPES, scheme=scheme)
    colors = tab.evaluate(READ, TOKENS.split())
    poor = [
        f"{name} on {ground}: {contrast(colors[name], colors[ground]):.2f}"
        for name, grounds in ON_WHAT.items()
        for ground in grounds.split()
        if contrast(colors[name], colors[ground]) < 4.5
    ]
    assert poor == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_black_letters_are_legible_on_threads_and_states(opened, scheme: str) -> None:
    tab = opened(PIPES, scheme=scheme)
    states = "running ready blocked sleeping held inside".split()
    names = [f"t{n}" for n in range(8)] + [f"s-{state}" for state in states]
    colors = tab.evaluate(READ, names)
    assert [n for n, color in colors.items() if contrast(color, [26, 26, 26]) < 4.5] == []


def test_dark_follows_the_system_and_the_button(opened) -> None:
    ground = "() => getComputedStyle(document.getElementById('conclang')).backgroundColor"
    theme = "() => document.getElementById('conclang').dataset.theme"
    light, dark = opened(PIPES), opened(PIPES, scheme="dark")
    assert light.evaluate(theme) == "light" and dark.evaluate(theme) == "dark"
    assert light.evaluate(ground) != dark.evaluate(ground)
    pale, night = light.evaluate(ground), dark.evaluate(ground)
    light.get_by_role("button", name="Light or dark").click()
    assert light.evaluate(ground) == night
    press(light, "l")
    assert light.evaluate(ground) == pale
    light.emulate_media(color_scheme="dark")
    settle(light)
    assert light.evaluate(ground) == pale  # the person has chosen
    dark.emulate_media(color_scheme="light")
    settle(dark)
    assert dark.evaluate(ground) == pale


def test_the_timeline_is_drawn_in_both(opened) -> None:
    """A pixel of a bar and one of the ground of the canvas."""
    pixels = """() => {
      const canvas = document.querySelector('.lane-canvas');
      const pen = canvas.getContext('2d');
      const { width, height } = canvas;
      const { data } = pen.getImageData(0, 0, width, height);
      const at = (x, y) => [...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3)];
      return [at(30, 61), at(width - 2, height - 2)];
    }"""
    seen = [opened(PIPES, scheme=scheme).evaluate(pixels) for scheme in ("light", "dark")]
    assert seen[0][0] == seen[1][0] == [0x56, 0xB4, 0xE9]
    assert luminance(seen[0][1]) > 0.9 and luminance(seen[1][1]) < 0.05


SCENARIOS = {"pipes": PIPES, "crowd": CROWD, "long": LONG, "empty": EMPTY, "at_once": AT_ONCE}


WIDTHS = (400, 900, 1600)


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_sticks_out_of_the_page(opened, name: str) -> None:
    tab = opened(SCENARIOS[name], at="#t=40")
    for width in WIDTHS:
        assert_fits(tab, width)


def test_the_page_of_a_check_fits(opened) -> None:
    tab = opened(OPPOSITE, "check", at="#f=1&t=2")
    for width in WIDTHS:
        assert_fits(tab, width)


def assert_fits(tab, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    settle(tab)
    wide = tab.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1] == width
    assert overlaps(tab) == []


OVERLAPS = """() => {
  const shown = [...document.querySelectorAll('#conclang .card, #conclang .transport, #conclang header')]
    .map(one => [one.className, one.getBoundingClientRect()]);
  const found = [];
  for (const [one, a] of shown) for (const [two, b] of shown) {
    if (a === b || one >= two) continue;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 1) found.push(`${one} / ${two}`);
  }
  for (const cut of document.querySelectorAll('#conclang h1, #conclang h2, #conclang .facts, #conclang .where, #conclang td.num')) {
    if (cut.scrollWidth > cut.clientWidth + 1 && cut.clientWidth) found.push(`cut: ${cut.textContent}`);
  }
  return found;
}"""


def overlaps(tab) -> list[str]:
    tab.evaluate("() => scrollTo(0, 0)")
    settle(tab)
    found: list[str] = tab.evaluate(OVERLAPS)
    return found


def test_on_paper_there_are_no_buttons_but_all_lines(opened) -> None:
    tab = opened(CROWD, scheme="dark")
    tab.emulate_media(media="print", color_scheme="light")
    tab.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    settle(tab)
    for hidden in (".slider", ".head-buttons", ".card-events", ".transport .group"):
        assert not tab.locator(hidden).first.is_visible()
    box = tab.locator(".code-box")
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    assert tab.locator("#conclang").get_attribute("data-theme") == "light"
    assert tab.locator(".lane-scroller").evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    tab.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert tab.locator("#conclang").get_attribute("data-theme") in ("light", "dark")
    assert len(tab.pdf()) > 10_000


def test_nothing_moves_for_those_who_want_no_motion(opened) -> None:
    tab = opened(OPPOSITE, "check", reduced_motion="reduce")
    tab.locator(".cause .jump", has_text="line").first.click()
    assert (
        tab.locator(".line.pointed").evaluate("row => getComputedStyle(row).animationName")
        == "none"
    )
