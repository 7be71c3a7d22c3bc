"""The page for those who hear it: roles, names, order of focus, what is said."""

from __future__ import annotations

from pages import OPPOSITE, PIPES, press, settle, text


def test_landmarks_and_headings(opened) -> None:
    tab = opened(PIPES)
    assert tab.get_by_role("main").count() == 1
    assert tab.get_by_role("banner").count() == 1
    assert tab.get_by_role("heading", level=1).inner_text() == "Pipes and locks"
    named = tab.get_by_role("heading", level=2).all_inner_texts()
    for name in (
        "Timeline",
        "Source",
        "Threads",
        "Shared variables",
        "Locks and channels",
        "Who waits for whom",
        "Output",
        "Events",
        "Metrics",
    ):
        assert name in named
        assert tab.get_by_role("region", name=name, exact=True).count() >= 1


def test_everything_one_can_use_has_a_name(opened) -> None:
    for tab in (opened(PIPES), opened(OPPOSITE, "check")):
        nameless = tab.evaluate("""() => [...document.querySelectorAll('button, a[href], input, select, [tabindex="0"]')]
          .filter(one => !(one.getAttribute('aria-label') || one.title || one.textContent.trim()))
          .map(one => one.outerHTML)""")
        assert nameless == []


def test_the_slider_says_the_moment_in_words(opened) -> None:
    tab = opened(PIPES, at="#t=10")
    slider = tab.get_by_role("slider", name="Moment")
    said = slider.get_attribute("aria-valuetext")
    assert said.startswith("Tick 10 of 28. ") and "producer sends 3 on c" in said
    assert slider.get_attribute("max") == "28"


def test_a_step_is_announced_once_one_has_arrived(opened) -> None:
    tab = opened(PIPES)
    live = tab.locator("[aria-live=polite]")
    assert live.inner_text() == ""
    press(tab, "ArrowRight", "ArrowRight", "ArrowRight")
    tab.wait_for_function(
        "() => document.querySelector('[aria-live=polite]').textContent.startsWith('Tick 3 of 28')"
    )
    assert "producer sends 1 on c" in live.inner_text()


def test_focus_goes_through_the_page_in_order_and_is_seen(opened) -> None:
    tab = opened(OPPOSITE, "check")
    seen = []
    for _ in range(30):
        tab.keyboard.press("Tab")
        seen.append(
            tab.evaluate("""() => {
          const one = document.activeElement;
          const box = one.getBoundingClientRect();
          const style = getComputedStyle(one);
          return [one.getAttribute('aria-label') || one.title || one.textContent.trim().slice(0, 30),
            style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1, box.width > 0];
        }""")
        )
    names = [name for name, _, _ in seen]
    order = [
        "Skip to the run",
        "Light or dark (l)",
        "To the beginning (Home)",
        "Play (Space)",
        "Moment",
        "Speed",
        "Zoom out (−)",
        "Source",
    ]
    places = [names.index(name) for name in order]
    assert places == sorted(places)
    inside = names[: names.index("Source") + 1]
    assert all(outlined and there for _, outlined, there in seen[: len(inside)])


def test_the_state_of_threads_is_a_table_with_heads(opened) -> None:
    tab = opened(PIPES, at="#t=10")
    table = tab.get_by_role("table", name="Threads at this moment")
    assert [head.inner_text() for head in table.get_by_role("columnheader").all()] == [
        "Thread",
        "State",
        "Line",
        "Variables",
    ]
    assert table.get_by_role("rowheader").count() == 3


def test_lines_say_who_stands_there(opened) -> None:
    tab = opened(PIPES, at="#t=6")
    assert "(here: consumer)" in text(tab, ".line.lit")


def test_pictures_have_words(opened) -> None:
    tab = opened(OPPOSITE, "check")
    press(tab, "End")
    settle(tab)
    assert tab.get_by_role("img", name="Timeline of 3 threads").count() == 1
    for picture in tab.locator("svg:not([aria-hidden=true])").all():
        assert picture.get_attribute("role") == "img" and picture.get_attribute("aria-label")


def test_the_help_is_a_dialog_that_opens_and_closes(opened) -> None:
    tab = opened(PIPES)
    tab.keyboard.press("?")
    dialog = tab.get_by_role("dialog", name="Keys")
    dialog.wait_for()
    assert "Space" in dialog.inner_text()
    press(tab, "ArrowRight")
    tab.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_keys_with_others_are_left_to_the_browser(opened) -> None:
    tab = opened(PIPES)
    assert press(tab, "Control+ArrowRight", "Alt+n") == 0
    tab.get_by_role("combobox", name="Speed").focus()
    assert press(tab, "ArrowRight") == 0
