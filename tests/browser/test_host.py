"""Other hosts: the same modules, imported one by one, fill an element of somebody else's page."""

from __future__ import annotations

import json
from pathlib import Path

from pages import OPPOSITE, PIPES, data_of, settle

import conclang.render
from conclang.render.page import MODULES, script, style

ASSETS = Path(conclang.render.__file__).with_name("assets")
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,">
<style>%s</style><body><h1>Notes</h1><div id="one"></div><div id="two"></div>
<script type="module">
import { mount } from "./page.js";
const data = await (await fetch("./data.json")).json();
window.one = mount(document.getElementById("one"), data[0], { theme: "dark" });
window.two = mount(document.getElementById("two"), data[1]);
document.body.dataset.ready = "yes";
</script></body></html>"""


def serve(tab) -> None:
    """Answers for a host that does not exist."""
    data = json.dumps([data_of(PIPES), data_of(OPPOSITE, "check")])
    kinds = {"js": "text/javascript", "json": "application/json", "html": "text/html"}

    def answer(route) -> None:
        name = route.request.url.rsplit("/", 1)[1] or "index.html"
        texts = {"index.html": HOST % style(), "data.json": data}
        body = texts.get(name) or (ASSETS / name).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type=f"{kinds[name.rsplit('.', 1)[1]]}; charset=utf-8")

    tab.route("http://host.test/**", answer)
    tab.goto("http://host.test/")
    tab.wait_for_selector("body[data-ready=yes]")


def test_two_players_in_one_page(opened) -> None:
    tab = opened.blank()
    serve(tab)
    tab.evaluate("() => { window.one.go(10); window.two.step(1); }")
    settle(tab)
    assert tab.locator("#one").get_attribute("data-tick") == "10"
    assert tab.locator("#two").get_attribute("data-tick") == "1"
    assert tab.evaluate("() => location.hash") == ""
    assert tab.locator("#one").get_attribute("data-theme") == "dark"
    assert tab.locator("#two").get_attribute("data-theme") == "light"
    names = tab.evaluate("() => [...document.querySelectorAll('[id]')].map(one => one.id)")
    assert sorted(n for n in names if "arrow" not in n) == sorted(
        {n for n in names if "arrow" not in n}
    )
    tab.evaluate("() => window.one.unmount()")
    assert tab.locator("#one").inner_html() == ""


def test_the_inlined_script_is_all_modules_in_the_order_of_their_imports() -> None:
    assert {path.stem for path in ASSETS.glob("*.js")} == set(MODULES)
    assert 'from "./' not in script()
    for place, name in enumerate(MODULES):
        for line in (ASSETS / f"{name}.js").read_text(encoding="utf-8").splitlines():
            if line.startswith("import "):
                used = line.split('"./')[1].split(".js")[0]
                assert used in MODULES[:place], f"{name} imports {used}"
