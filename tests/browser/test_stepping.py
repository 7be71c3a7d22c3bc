"""Stepping, scrubbing, playing, links to a moment: in a real browser."""

from __future__ import annotations

from pages import AT_ONCE, EMPTY, OPPOSITE, PIPES, data_of, press, settle, text, tick

from conclang.analyses.runner import Request, run_program
from conclang.pipeline import load_text


def test_keys_step_from_moment_to_moment_and_tick_to_tick(opened) -> None:
    tab = opened(PIPES)
    assert tick(tab) == 0
    assert press(tab, "ArrowRight") == 1
    assert press(tab, "ArrowRight", "ArrowRight", "ArrowLeft") == 2
    assert press(tab, "End") == data_of(PIPES)["plays"][0]["ticks"]
    assert press(tab, "ArrowRight") == data_of(PIPES)["plays"][0]["ticks"]
    assert press(tab, "Home") == 0
    assert press(tab, "ArrowLeft") == 0
    assert press(tab, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft") == 1


def test_a_step_passes_over_ticks_at_which_nothing_happens(opened) -> None:
    tab = opened('scenario "s"\nthread a { work 50\n  print "x"\n  work 30 }\n')
    moments = []
    while not moments or moments[-1] < 80:
        moments.append(press(tab, "ArrowRight"))
    assert 50 in moments and len(moments) < 40


def test_buttons_step(opened) -> None:
    tab = opened(PIPES)
    tab.get_by_role("button", name="Step forward").click()
    assert tick(tab) == 1
    tab.get_by_role("button", name="To the end").click()
    end = tick(tab)
    tab.get_by_role("button", name="Step back").click()
    assert 0 < tick(tab) < end
    tab.get_by_role("button", name="To the beginning").click()
    assert tick(tab) == 0


def test_the_slider_and_the_timeline_scrub(opened) -> None:
    tab = opened(PIPES)
    slider = tab.get_by_role("slider")
    box = slider.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    middle = tick(tab)
    assert 12 <= middle <= 17
    canvas = tab.locator(".lane-canvas").bounding_box()
    tab.mouse.click(canvas["x"] + 5, canvas["y"] + 60)
    assert tick(tab) <= 1
    tab.mouse.move(canvas["x"] + 20, canvas["y"] + 60)
    tab.mouse.down()
    tab.mouse.move(canvas["x"] + canvas["width"] - 20, canvas["y"] + 60, steps=8)
    tab.mouse.up()
    assert tick(tab) > middle


def test_what_is_shown_at_a_tick(opened) -> None:
    """Tick 10 of this run, worked out by hand from its events."""
    tab = opened(PIPES, at="#t=10")
    rows = [row.inner_text().replace("\n", " ") for row in tab.locator(".threads tbody tr").all()]
    assert "producer" in rows[0] and "runs on main 0" in rows[0] and "13" in rows[0]
    assert "consumer" in rows[1] and "runs on main 1" in rows[1] and "v 1" in rows[1]
    assert "other" in rows[2] and "finished" in rows[2]
    cells = text(tab, ".cells")
    assert "total 100" in cells and "n atomic 5" in cells
    things = text(tab, ".things")
    assert "lock m held by b consumer" in things
    assert "Nothing was printed yet" in text(tab, ".output")
    assert tab.locator(".line.lit").count() >= 2
    lit = tab.locator('.line[value="17"] .badge')
    assert lit.count() == 1 and lit.inner_text() == "b"
    assert things.endswith("channel c 2 3 2 of 2")
    press(tab, "ArrowRight")
    assert text(tab, ".things").endswith("channel c 2 3 2 of 2 closed")
    press(tab, "End")
    assert text(tab, ".things").endswith("channel c 0 of 2 closed")


def test_waits_are_said_and_drawn(opened) -> None:
    tab = opened(PIPES, at="#t=6")
    assert "consumer waits for lock m, held by other" in text(tab, ".waits-list")
    assert tab.locator(".waits-svg .node").count() == 2
    assert "waiting b consumer" in text(tab, ".things")
    press(tab, "End")
    assert "Nobody waits" in text(tab, ".waits-list")


def test_the_last_state_is_that_of_the_run(opened) -> None:
    checked = load_text(PIPES)
    assert checked.program is not None
    final = dict(run_program(checked.program, Request()).outcome.final)
    tab = opened(PIPES)
    press(tab, "End")
    values = [value.inner_text() for value in tab.locator(".cells .value").all()]
    grid = [str(value) for value in final["grid"]]
    assert values == [str(final["total"]), str(final["n"]), *grid]
    lines = [line.inner_text() for line in tab.locator(".output .text").all()]
    assert lines == ["got 1", "got 2", "got 3"]


def test_changes_are_flagged(opened) -> None:
    tab = opened(PIPES, at="#t=9")
    assert [one.inner_text() for one in tab.locator(".cells .value.changed").all()] == ["100"]
    press(tab, "ArrowRight")
    assert tab.locator(".cells .value.changed").count() == 0


def test_a_link_to_a_tick_is_read_and_written(opened) -> None:
    tab = opened(PIPES, at="#t=17")
    assert tick(tab) == 17
    press(tab, "ArrowRight")
    tab.wait_for_function("() => location.hash === '#t=18'")
    assert tab.evaluate("() => history.length") <= 2


def test_back_and_forward_return_to_where_one_jumped_from(opened) -> None:
    tab = opened(PIPES, at="#t=4")
    tab.get_by_role("button", name="To the end").click()
    end = tick(tab)
    tab.get_by_role("button", name="To the beginning").click()
    assert tick(tab) == 0
    tab.go_back()
    tab.wait_for_function(f"() => document.getElementById('conclang').dataset.tick === '{end}'")
    tab.go_back()
    tab.wait_for_function("() => document.getElementById('conclang').dataset.tick === '4'")
    tab.go_forward()
    tab.wait_for_function(f"() => document.getElementById('conclang').dataset.tick === '{end}'")


def test_a_link_beyond_the_run_or_without_sense_does_no_harm(opened) -> None:
    tab = opened(PIPES, at="#t=999999")
    end = data_of(PIPES)["plays"][0]["ticks"]
    assert tick(tab) == end
    for at in ("#t=-3", "#t=x", "#", "#f=99&t=2", "#t=1e9", "#t=99999999999"):
        tab.evaluate("at => { location.hash = at; }", at)
        assert 0 <= tick(tab) <= end
    assert tick(opened(PIPES, at="#t=x&f=0")) == 0


def test_the_space_bar_plays_and_pauses(opened) -> None:
    tab = opened(PIPES)
    tab.get_by_role("combobox", name="Speed").select_option("20×")
    tab.locator("h1").click()
    tab.keyboard.press("Space")
    tab.wait_for_function("() => Number(document.getElementById('conclang').dataset.tick) >= 3")
    tab.get_by_role("button", name="Pause").wait_for()
    tab.keyboard.press("Space")
    here = tick(tab)
    tab.get_by_role("button", name="Play").wait_for()
    tab.wait_for_timeout(120)
    assert tick(tab) == here


def test_findings_of_a_check_are_played_and_chosen(opened) -> None:
    tab = opened(OPPOSITE, "check")
    data = data_of(OPPOSITE, "check")
    assert len(data["findings"]) > 1
    assert "✗ violated" in text(tab, "header")
    pressed = tab.locator(".finding-tab[aria-pressed=true]")
    first = pressed.inner_text()
    press(tab, "n")
    assert pressed.inner_text() != first
    press(tab, "p")
    assert pressed.inner_text() == first
    number = next(i for i, found in enumerate(data["findings"]) if found["kind"] == "deadlock")
    tab.locator(".finding-tab").nth(number).click()
    assert tick(tab) == 0
    tab.get_by_role("link", name="Go to step").click()
    assert tick(tab) == data["findings"][number]["tick"]
    assert f"f={number + 1}" in tab.evaluate("() => location.hash")
    assert "Ring: " in text(tab, ".waits-list")
    assert tab.locator(".waits-svg .node-bad").count() == 2
    link = tab.evaluate("() => location.href")
    again = opened.url(link)
    assert tick(again) == data["findings"][number]["tick"]
    assert again.locator(".finding-tab[aria-pressed=true]").inner_text() == pressed.inner_text()


def test_a_cause_has_links_to_lines(opened) -> None:
    tab = opened(OPPOSITE, "check")
    tab.locator(".cause .jump", has_text="line").first.click()
    assert tab.locator(".line.pointed").count() == 1


def test_events_are_links_to_their_tick(opened) -> None:
    tab = opened(PIPES, at="#t=10")
    tab.locator(".event", has_text="consumer waits for m").click()
    assert tick(tab) == 5
    assert tab.locator(".event.now").count() >= 1


def test_a_run_without_anything_and_one_that_is_stuck_at_once(opened) -> None:
    tab = opened(EMPTY)
    assert press(tab, "ArrowRight", "End", "Space") == 0
    tab = opened(AT_ONCE)
    assert tick(tab) == 0
    assert "Ring: x → x" in text(tab, ".waits-list")
    assert "waits: lock b" in text(tab, ".threads")


def test_the_timeline_zooms_and_comes_back(opened) -> None:
    tab = opened(PIPES)
    width = "() => document.querySelector('.lane-space').clientWidth"
    fitted = tab.evaluate(width)
    press(tab, "+", "+")
    assert tab.evaluate(width) > 1.5 * fitted
    tab.locator(".lane-scroller").evaluate("box => { box.scrollLeft = 200; }")
    settle(tab)
    assert tab.locator(".lane-scroller").evaluate("box => box.scrollLeft") == 200
    press(tab, "0")
    assert tab.evaluate(width) == fitted


def test_a_check_in_which_all_holds_has_nothing_to_play(opened) -> None:
    tab = opened(PIPES, "check")
    assert "There is nothing to play" in text(tab, "main") and "✓ holds" in text(tab, "header")
    assert tab.get_by_role("slider").count() == 0
    for key in ("ArrowRight", "Space", "n", "End", "+", "0", "l"):
        tab.keyboard.press(key)
    settle(tab)
    assert tab.locator("#conclang").get_attribute("data-theme") == "dark"


def test_what_goes_on_for_ever_is_played_round_and_round(opened) -> None:
    text_of_it = """scenario "Overtaken"
rwlock table with prefer_writers
thread writer[i in 0..2] { loop { write table { work 1 } } }
thread reader { loop { read table { work 1 } } }
expect starvation
"""
    data = data_of(text_of_it, "check")
    number = next(i for i, found in enumerate(data["findings"]) if found["kind"] == "starvation")
    play = data["plays"][data["findings"][number]["play"]]
    assert 0 <= play["loop"] < play["ticks"]
    tab = opened(text_of_it, "check", at=f"#f={number + 1}&t={play['ticks']}")
    assert tick(tab) == play["ticks"]
    tab.get_by_role("combobox", name="Speed").select_option("20×")
    tab.get_by_role("button", name="Play").click()
    tab.wait_for_function(
        "() => Number(document.getElementById('conclang').dataset.tick) === " + str(play["loop"])
    )
    tab.wait_for_function(
        "() => Number(document.getElementById('conclang').dataset.tick) === " + str(play["ticks"])
    )
    tab.get_by_role("button", name="Pause").click()
