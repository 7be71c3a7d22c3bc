"""Scenarios whose pages the tests open, and the one who opens them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from conclang.analyses.runner import Request
from conclang.explore.checker import CheckOptions, check
from conclang.pipeline import load_text
from conclang.render.page import check_data, page, run_data

PIPES = """scenario "Pipes and locks"
processor main { cores 2 }
shared total = 0
atomic n = 5
shared grid[3] = 7
lock m
channel c(2)
thread producer {
  for i in 1..4 {
    work 2
    c <- i
  }
  close c
}
thread consumer {
  for v in c {
    lock m { total += v }
    print "got {v}"
    if n.cas(5, 9) { grid[1] = v }
  }
}
thread other {
  lock m {
    work 5
    total += 100
  }
}
"""

OPPOSITE = """scenario "Two locks in opposite order"
lock a
lock b
shared x = 0
thread left { lock a { lock b { x += 1 } } }
thread right { lock b { lock a { x += 1 } } }
thread third { x += 1 }
"""

AT_ONCE = """scenario "Deadlock at tick 0"
processor cpu { cores 2  cost { sync 0 } }
lock a
lock b
thread x { acquire a
  acquire a }
thread y { acquire b
  acquire b }
"""

EMPTY = """scenario "Nothing at all"
"""

HOSTILE_TITLE = "</script><script>window.hacked=1</script><!-- <b>x</b> \\\"]; & ' \u202eesrever\u202c 日本語 🧵"
HOSTILE_TEXT = (
    "</script><img src=x onerror='window.hacked=2'> \\\"]; <!-- --> \\n&amp; \u202e \u2066 😀 {{"
)
HOSTILE = f"""scenario "{HOSTILE_TITLE}"
// </script><script>window.hacked=3</script> \u202e comment \u2066
shared x = 0
thread a {{ work 1
  x = 1
  print "{HOSTILE_TEXT}" }}
thread b {{ work 9
  assert x == 5, "<i>no</i> </script> \u202e" }}
"""

CROWD = """scenario "A long title with many words that has to wrap somewhere, and \
a_very_long_word_without_any_spaces_in_it_at_all_really_it_goes_on_and_on_and_on 日本語 ¿quién? 🧵"
processor a_processor_with_quite_a_long_name { cores 3  scheduler round_robin(quantum: 2)  switch_cost 1 }
shared a_shared_variable_with_a_name_that_nobody_would_want_to_type = 0
shared grid[40] = 7
lock the_lock_that_guards_everything_in_this_scenario
barrier meet(3)
device disk
thread a_thread_with_an_extraordinarily_long_name[i in 0..30] {
  lock the_lock_that_guards_everything_in_this_scenario {
    a_shared_variable_with_a_name_that_nobody_would_want_to_type += 1000000
    grid[i] = i
  }
  print "a line of output that is rather long and that has to be wrapped somewhere {i}"
  if i < 3 { wait meet }
  if i == 4 { io 5 on disk }
}
"""

LONG = """scenario "A hundred thousand ticks"
processor cpu { cores 2  scheduler round_robin(quantum: 500)  switch_cost 3 }
lock m
thread a { repeat 20 { work 1500
  lock m { work 900 }
  sleep 300 } }
thread b { repeat 25 { work 1000
  lock m { work 1400 } } }
thread c { work 40000 }
"""

MANY = """scenario "Many events"
processor cpu { cores 4  scheduler round_robin(quantum: 3) }
shared total = 0
lock m
channel c(5)
thread worker[i in 0..8] {
  for k in 0..ROUNDS {
    lock m { total += 1 }
    work 1
    if k % 50 == 0 { c <- k }
  }
}
thread drain with daemon { loop { let _x = <-c
   work 1 } }
"""


def many(rounds: int) -> str:
    return MANY.replace("ROUNDS", str(rounds))


@cache
def data_of(text: str, form: str = "run") -> dict[str, Any]:
    """What the page is made from; shared between tests, so nobody changes it."""
    checked = load_text(text)
    assert checked.program is not None, [str(d.message) for d in checked.bag]
    if form == "check":
        return check_data(
            checked.program, checked.source, check(checked.program, CheckOptions()), []
        )
    return run_data(checked.program, checked.source, Request())[1]


class Opener:
    """Opens pages and writes down whatever goes wrong in them."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.contexts: list[Any] = []
        self.troubles: list[str] = []

    def __call__(
        self,
        text: str,
        form: str = "run",
        *,
        width: int = 1200,
        scheme: str = "light",
        at: str = "",
        **more: Any,
    ) -> Any:
        path = self.folder / f"page{len(self.contexts)}.html"
        path.write_text(page(data_of(text, form)), encoding="utf-8")
        url = path.as_uri() + at
        return self.url(url, width=width, scheme=scheme, **more)

    def blank(self, *, width: int = 1200, scheme: str = "light", **more: Any) -> Any:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **more
        )
        self.contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(5000)
        tab.on("console", lambda said: self.troubles.append(f"{said.type}: {said.text}"))
        tab.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        return tab

    def url(self, url: str, **how: Any) -> Any:
        tab = self.blank(**how)
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(url)
        tab.wait_for_selector("#conclang[data-ready=yes]")
        settle(tab)
        self.troubles += [
            f"request: {one}" for one in asked if one.split("#")[0] != url.split("#")[0]
        ]
        tab.on("request", lambda request: self.troubles.append(f"request: {request.url}"))
        return tab

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def settle(tab: Any) -> None:
    """Until what was asked for is drawn."""
    tab.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def tick(tab: Any) -> int:
    settle(tab)
    return int(tab.evaluate("() => document.getElementById('conclang').dataset.tick"))


def press(tab: Any, *keys: str) -> int:
    for key in keys:
        tab.keyboard.press(key)
        settle(tab)
    return tick(tab)


def text(tab: Any, selector: str) -> str:
    """What can be read there, on one line."""
    return " ".join(" ".join(tab.locator(selector).all_inner_texts()).split())
