"""Names, titles and printed strings that try to be something else."""

from __future__ import annotations

import json

from pages import HOSTILE, HOSTILE_TITLE, data_of, press, text

from conclang.render.page import embedded, page


def shown(words: str) -> str:
    """As the page shows it: what is invisible by its number."""
    return "".join(f"⟨{ord(c):04X}⟩" if c in "\u202e\u202c\u2066\u2028" else c for c in words)


def test_nothing_hostile_runs_or_becomes_an_element(opened) -> None:
    tab = opened(HOSTILE)
    press(tab, "End")
    assert tab.evaluate("() => window.hacked") is None
    assert tab.locator("img").count() == 0
    assert tab.locator("#conclang script, #conclang b script, #conclang .output i").count() == 0
    assert tab.evaluate("() => document.scripts.length") == 2


def test_hostile_strings_are_read_as_they_are_written(opened) -> None:
    tab = opened(HOSTILE)
    title = data_of(HOSTILE)["title"]
    assert "</script>" in title and "\u202e" in title
    assert tab.locator("h1").inner_text() == shown(title)
    press(tab, "End")
    printed = tab.locator(".output .text").all_inner_texts()
    assert len(printed) == 1
    assert printed[0].startswith(
        "</script><img src=x onerror='window.hacked=2'> \"]; <!-- --> \n&amp;"
    )
    assert "⟨202E⟩" in printed[0] and "⟨2066⟩" in printed[0] and "😀 {" in printed[0]
    assert "comment ⟨2066⟩" in text(tab, ".code")
    assert "<i>no</i> </script>" in text(tab, ".finding-detail")


def test_the_file_itself_holds_no_opening(opened) -> None:
    made = page(data_of(HOSTILE))
    inside = made.split('id="conclang-data">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029\u202e\u2066") & set(inside)
    assert json.loads(inside)["title"] == data_of(HOSTILE)["title"]
    assert made.count("</script>") == 2 and made.count("<script") == 2
    title = made.split("<title>")[1].split("</title>")[0]
    assert not set('<>"\u202e') & set(title) and HOSTILE_TITLE[:9] not in title


def test_every_odd_character_survives_the_way_into_the_page(opened) -> None:
    odd = "\u2028\u2029\u0000\u001f\u007f\ufeff\u200e\u202e<>&'\"\\`${x}]]>--!>\ud83d\ude00é"
    assert json.loads(embedded({"x": odd})) == {"x": odd}


def test_the_browser_is_told_to_load_and_run_nothing_else(opened) -> None:
    tab = opened(HOSTILE)
    refused = tab.evaluate("""() => new Promise(done => {
      const seen = [];
      document.addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 4';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x.png';
      document.body.append(image);
      fetch('http://127.0.0.1:9/').catch(() => null);
      setTimeout(() => done([seen, window.hacked]), 150);
    })""")
    assert {"script-src-elem", "img-src", "connect-src"} <= set(refused[0])
    assert refused[1] is None
    # the browser says each of them aloud, and nothing else was said
    troubles = [trouble for trouble in opened.troubles if "Content Security Policy" not in trouble]
    opened.troubles[:] = [t for t in troubles if "127.0.0.1:9" not in t]
