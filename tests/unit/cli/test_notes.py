"""`conclang notes`: pictures beside the notes, idempotent, and nobody's work is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conclang.cli.notes import command
from conclang.views.notes import fences_of, notes_of

NOTES = """# Locks

```conclang timeline --cores 2
scenario "One lock [a](b)"
lock m
thread a { lock m { work 3 } }
thread b { lock m { work 2 } }
```
Right below.

```conclang
thread plain { work 1 }
```

```conclang file=x.cl
thread other { work 1 }
```

````text
```conclang timeline
not a fence
```
````

1. item

   ```conclang outcomes
   shared n = 0
   thread a { n = 1 }
   ```

~~~conclang sequence
thread t { print "hi" }
~~~"""
BROKEN = """Text.

```conclang check
thread a { work 1 }
thread b { y = 1 }
```

```conclang timelin
thread a { work 1 }
```
"""


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "notes" / "lecture 1.md"
    path.parent.mkdir()
    path.write_text(NOTES)
    return path


def made(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)


def pictures(path: Path) -> list[str]:
    return sorted(p.name for p in path.parent.glob("*.svg"))


def test_each_fence_gets_its_picture_below_it(notes: Path) -> None:
    assert made(notes).return_value == 0
    text, found = notes.read_text(), pictures(notes)
    assert [re.sub("[0-9a-f]{10}", "*", name) for name in found] == [
        "lecture-1-outcomes-*.svg",
        "lecture-1-sequence-*.svg",
        "lecture-1-timeline-*.svg",
    ]
    for name in found:
        assert text.count(f'({name} "Made by conclang")') == 1
        assert (notes.parent / name).read_text().startswith("<?xml")
    assert r"![timeline: One lock \[a\](b)]" in text
    assert "\n   ![outcomes](" in text  # within its item
    lines = [line for line in text.split("\n") if "Made by conclang" not in line and line.strip()]
    assert lines == [line for line in NOTES.split("\n") if line.strip()]


def test_a_second_time_changes_nothing(notes: Path) -> None:
    made(notes)
    text = notes.read_text()
    times = {name: (notes.parent / name).stat().st_mtime_ns for name in pictures(notes)}
    assert made(notes).return_value == 0 and made("--check", notes).return_value == 0
    assert notes.read_text() == text
    assert times == {n: (notes.parent / n).stat().st_mtime_ns for n in pictures(notes)}


def test_a_changed_fence_gets_a_new_picture_and_the_old_one_goes(notes: Path) -> None:
    made(notes)
    before = pictures(notes)
    notes.write_text(notes.read_text().replace("work 3", "work 5"))
    assert made("--check", notes).return_value == 1 and pictures(notes) == before
    assert made(notes).return_value == 0
    after = pictures(notes)
    assert len(after) == len(before) == len(set(after) & set(before)) + 1
    assert notes.read_text().count("Made by conclang") == 3


def test_pictures_of_others_stay(notes: Path) -> None:
    made(notes)
    name = next(name for name in pictures(notes) if "timeline" in name)
    (notes.parent / name).write_text("mine")
    result = made(notes)
    assert "not written by conclang" in str(getattr(result.exception, "message", ""))
    assert (notes.parent / name).read_text() == "mine"
    notes.write_text(notes.read_text().replace("work 3", "work 5"))
    made(notes)
    assert (notes.parent / name).read_text() == "mine"


def test_a_line_with_the_mark_leads_nowhere_else(notes: Path) -> None:
    other = notes.parent.parent / "other-timeline-0123456789.svg"
    other.write_text("<!-- Made by conclang -->")
    line = f'![x](../{other.name} "Made by conclang")'
    notes.write_text(f"```conclang timeline\nthread a {{ work 1 }}\n```\n\n{line}\n")
    made(notes)
    assert other.exists() and line in notes.read_text()


def test_mistakes_are_shown_at_the_fence_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "b.md"
    path.write_text(BROKEN)
    result = made(path)
    assert result.return_value == 1
    lines = path.read_text().split("\n")
    places = [int(n) for n in re.findall(r"b\.md:(\d+)", result.stderr)]
    assert lines[places[0] - 1] == "thread b { y = 1 }"
    assert lines[places[1] - 1] == "```conclang timelin"
    assert path.read_text().count("> **conclang:** b.md:") == 2
    text = path.read_text()
    assert made(path).return_value == 1 and path.read_text() == text
    path.write_text(text.replace("y = 1", "work 1").replace("timelin\n", "timeline\n"))
    assert made(path).return_value == 0
    assert "**conclang:**" not in path.read_text() and len(pictures(path)) == 2


def test_notes_can_be_written_elsewhere(notes: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "page.md"
    out.parent.mkdir()
    assert made(notes, "-o", out).return_value == 0
    assert notes.read_text() == NOTES and pictures(notes) == []
    assert len(pictures(out)) == 3 and "page-timeline-" in out.read_text()
    assert "never overwritten" in str(getattr(made(notes, "-o", notes).exception, "message", ""))
    out.write_text("mine")
    assert "--force" in str(getattr(made(notes, "-o", out).exception, "message", ""))
    assert made(notes, "-o", out, "--force").return_value == 0


def test_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "w.md"
    path.write_bytes(b"a\r\n```conclang timeline\r\nthread a { work 1 }\r\n```\r\nb\r\n")
    made(path)
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") and b"Made by conclang" in content
    made(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "cannot be read"), (b"\xff\xfe\x00", "not UTF-8")],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "x.md"
    if content is not None:
        path.write_bytes(content)
    assert words in str(getattr(made(path).exception, "message", ""))


def test_unclosed_fences_are_text() -> None:
    assert list(fences_of(["```conclang timeline", "thread a { work 1 }"])) == []


@pytest.mark.parametrize("text", [NOTES, BROKEN, "", "\n", "no fence", "```conclang run\n```"])
def test_twice_is_once(text: str) -> None:
    once = notes_of(text, "n.md", there=False).text
    assert notes_of(once, "n.md", there=False).text == once
