"""A hundred thousand events: no slower to step and scroll through than a few thousand."""

from __future__ import annotations

from pages import data_of, many, press, settle, tick

MEASURE = """async rounds => {
  const root = document.getElementById('conclang');
  const slider = root.querySelector('.slider');
  const scroller = root.querySelector('.lane-scroller');
  const events = root.querySelector('.events');
  const most = Number(slider.max);
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const median = list => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
  // What is asked for is done in the next frame; a task behind it sees the end of that work.
  const cost = async act => {
    const times = [];
    for (let i = 0; i < rounds; i += 1) {
      await frame();
      const start = performance.now();
      act(i);
      await frame();
      await new Promise(done => { const way = new MessageChannel(); way.port1.onmessage = done; way.port2.postMessage(0); });
      times.push(performance.now() - start);
    }
    return median(times);
  };
  const rest = await cost(() => {});
  const seek = await cost(i => {
    slider.value = Math.floor(((i * 7919) % 1000) / 1000 * most);
    slider.dispatchEvent(new Event('input'));
  });
  const wheel = await cost(i => { events.scrollTop = ((i * 7919) % 1000) / 1000 * events.scrollHeight; });
  for (let i = 0; i < 12; i += 1) root.querySelector('[aria-label^="Zoom in"]').click();
  await frame();
  const pan = await cost(i => { scroller.scrollLeft = ((i * 7919) % 1000) / 1000 * scroller.scrollWidth; });
  return { rest, seek, wheel, pan };
}"""


def measured(tab) -> dict[str, float]:
    found: dict[str, float] = tab.evaluate(MEASURE, 11)
    return found


def test_many_events_cost_no_more_a_frame_than_few(opened) -> None:
    few, lots = opened(many(20)), opened(many(1600))
    count = [len(data_of(many(n))["plays"][0]["events"]["tick"]) for n in (20, 1600)]
    assert count[1] > 100_000 and count[1] > 50 * count[0]
    small, large = measured(few), measured(lots)
    for what in ("seek", "wheel", "pan"):
        assert large[what] <= 5 * small[what] + small["rest"], (what, small, large)


def test_a_long_page_holds_only_what_is_seen(opened) -> None:
    tab = opened(many(1600))
    assert tab.evaluate("() => document.querySelectorAll('*').length") < 4000
    press(tab, "End")
    end = tick(tab)
    assert tab.locator(".event.now").count() >= 1
    canvas = tab.evaluate(
        "() => { const c = document.querySelector('.lane-canvas'); return c.width * c.height; }"
    )
    assert canvas < 8_000_000
    press(tab, "+", "+", "+", "+")
    settle(tab)
    assert tick(tab) == end


def test_the_file_grows_with_the_events_and_stays_small() -> None:
    import json

    data = data_of(many(1600))
    events = len(data["plays"][0]["events"]["tick"])
    assert len(json.dumps(data, separators=(",", ":"))) < 60 * events
