"""The catalogue: every example, in order, and how to find one.

A word is first taken as a theme, a concept, a verdict or a name; only if it is none of these is it
looked for in the text. So `deadlock` gives the examples about deadlocks and those that end in one,
not all that mention the word.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterable, Sequence

from conclang.collection.header import read_header, title_of
from conclang.record import record

BROKEN = "_broken"
ENDING = ".cl"
THEMES = {
    "notes": "first notions: cores, threads, processes, time, one counter",
    "exclusion": "mutual exclusion by hand, from four attempts to queue locks",
    "locks": "locks: order, scope, what not to do while holding one",
    "semaphores": "semaphores: the puzzles of the textbooks",
    "conditions": "condition variables: waiting for something to become true",
    "channels": "channels in the manner of Go",
    "async": "event loops, async and await",
    "atomics": "atomic operations and structures without locks",
    "scheduling": "who runs when: policies, deadlines, priorities",
}


@record
class Example:
    """One file of the collection and what its head says."""

    theme: str
    name: str
    title: str
    idea: str
    concept: str
    verdict: str
    twin: str
    source: str
    checked_by: tuple[str, ...]
    by_hand: str
    next: str
    path: str
    text: str

    @property
    def broken(self) -> bool:
        return self.name.endswith(BROKEN)

    @property
    def file(self) -> str:
        """Its place inside the collection, with `/` everywhere."""
        return f"{self.theme}/{self.name}{ENDING}"


def examples_folder() -> str:
    """Inside the installed package, or at the top of a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "examples")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "examples")


@functools.cache
def catalogue() -> tuple[Example, ...]:
    """All examples: theme by theme, each safe one before its broken twin."""
    folder = examples_folder()
    known = [theme for theme in THEMES if os.path.isdir(os.path.join(folder, theme))]
    return tuple(one for theme in known for one in _theme(folder, theme))


def _theme(folder: str, theme: str) -> list[Example]:
    names = sorted(os.listdir(os.path.join(folder, theme)))
    stems = [name[: -len(ENDING)] for name in names if name.endswith(ENDING)]
    stems.sort(key=lambda stem: (stem.removesuffix(BROKEN), stem))
    return [_example(folder, theme, stem) for stem in stems]


def _example(folder: str, theme: str, stem: str) -> Example:
    path = os.path.join(folder, theme, stem + ENDING)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    idea, fields = read_header(text)
    return Example(
        theme=theme,
        name=stem,
        title=title_of(text),
        idea=idea,
        concept=fields.get("Concept", ""),
        verdict=fields.get("Verdict", ""),
        twin=fields.get("Twin", "").removesuffix(ENDING),
        source=fields.get("Source", ""),
        checked_by=tuple(part for part in re.split(r",\s*", fields.get("Checked by", "")) if part),
        by_hand=fields.get("By hand", ""),
        next=fields.get("Next", ""),
        path=path,
        text=text,
    )


def by_name(name: str) -> Example | None:
    """The example called so: `peterson`, `peterson.cl`, `exclusion/peterson`."""
    wanted = name.replace(os.sep, "/").removesuffix(ENDING)
    for one in catalogue():
        if wanted in (one.name, f"{one.theme}/{one.name}"):
            return one
    return None


def twin_of(example: Example) -> Example | None:
    """The other of the pair, in the same theme."""
    return by_name(f"{example.theme}/{example.twin}")


def find(words: Iterable[str], everywhere: bool = False) -> list[Example]:
    """The examples that fit all the words."""
    found: Sequence[Example] = catalogue()
    for word in words:
        exact = [] if everywhere else [one for one in found if _is(one, folded(word))]
        found = exact or [one for one in found if _mentions(one, folded(word))]
    return list(found)


def choose(**wanted: str | None) -> Callable[[Example], bool]:
    """A test for examples whose theme, concept or verdict is exactly the one given."""
    pairs = [(field, folded(value)) for field, value in wanted.items() if value is not None]
    return lambda one: all(folded(getattr(one, field)) == value for field, value in pairs)


def folded(text: str) -> str:
    """For comparing: small letters, `_` and `-` as blanks."""
    return " ".join(re.sub(r"[_\-]+", " ", text).lower().split())


def words_known() -> list[str]:
    """What an example can be looked for by, for a `did you mean`."""
    fields = ("theme", "concept", "verdict", "name")
    known = {getattr(one, field) for one in catalogue() for field in fields}
    parts = {part for one in known for part in one.split()}
    return sorted(known | {part for part in parts if len(part) > 3})


def _is(one: Example, word: str) -> bool:
    return word in map(folded, (one.theme, one.concept, one.verdict, one.name))


def _mentions(one: Example, word: str) -> bool:
    return word in folded(one.text) or word in folded(f"{one.file} {one.idea} {one.next}")
