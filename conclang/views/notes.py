"""Markdown notes with living pictures: each ```` ```conclang VIEW ```` fence gets its picture.

A picture is a file beside the notes, named after them, the view and a digest of everything it is
made from, so that nothing is drawn twice and an old picture is never taken for a new one. The line
below the fence shows it, and carries our mark: only lines with it are ever changed. A fence with a
mistake has the report in that place instead.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator

from conclang._version import VERSION
from conclang.record import record
from conclang.views.asking import CannotBeHad
from conclang.views.fences import drawn, load_of, mistakes_of, title_of, wish_of

FENCE = re.compile(r"(?P<indent> {0,3}|[ \t]*)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
LANGUAGE = "conclang"
MARK = "Made by conclang"
PICTURE = re.compile(
    r'\s*!\[(?:\\.|[^\]\\])*\]\((?P<path>[\w.-]+-[a-z]+-[0-9a-f]{10}\.svg) "Made by conclang"\)\s*$'
)
REPORT = re.compile(r"\s*> \*\*conclang:\*\* ")
# Words behind the language that the fences of other tools use; such a fence is shown, not drawn.
OTHERS = re.compile(r"(file=|error=|warning=|title=|hl_lines=|linenums=|fails\b|endless\b|loose\b)")


@record
class Fence:
    """A fence that asks for a picture. Lines count from 0; `last` is the closing line."""

    first: int
    last: int
    indent: str
    words: str
    text: str


@record
class Made:
    """What became of a fence: a picture, or problems with their places."""

    fence: Fence
    name: str = ""  # of the file
    title: str = ""
    picture: str = ""  # the SVG; "" if the file is there already
    problems: tuple[str, ...] = ()


@record
class Notes:
    """The text with its pictures in place, and what has to be written for it."""

    text: str
    made: tuple[Made, ...]
    obsolete: tuple[str, ...] = ()  # pictures that were shown before and are no more

    @property
    def problems(self) -> list[str]:
        return [problem for made in self.made for problem in made.problems]


def fences_of(lines: list[str]) -> Iterator[Fence]:
    """The fences of a document that ask for pictures; those inside other fences are text."""
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        if opening is None:
            at += 1
            continue
        last = _closing(lines, at, opening["ticks"])
        words = opening["info"].split(None, 1)
        asks = len(words) == 2 and words[0] == LANGUAGE and not OTHERS.match(words[1])
        if asks and last < len(lines):
            text = _inner(lines[at + 1 : last], opening["indent"])
            yield Fence(at, last, opening["indent"], words[1].strip(), text)
        at = last + 1


def _closing(lines: list[str], at: int, ticks: str) -> int:
    for number in range(at + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith(ticks) and not line.strip(ticks[0]):
            return number
    return len(lines)


def _inner(lines: list[str], indent: str) -> str:
    return "".join(line.removeprefix(indent).rstrip("\r") + "\n" for line in lines)


def made_of(fence: Fence, path: str, before: int, there: bool) -> Made:
    """Draw a fence; a picture that is there already is not drawn again (`there`: look).

    `before`: how many lines stand before its text, the fence's own line included.
    """
    name = os.path.basename(path)
    try:
        wish = wish_of(fence.words)
        checked = load_of(wish, fence.text, name)
        if checked.program is None:
            return Made(fence, problems=tuple(mistakes_of(checked, before)))
        file = _name(path, wish.action, fence)
        title = title_of(wish, checked)
        if there and _is_ours(os.path.join(os.path.dirname(path), file)):
            return Made(fence, file, title)
        return Made(fence, file, title, drawn(wish, checked))
    except CannotBeHad as problem:
        return Made(fence, problems=(f"{name}:{before}: {problem}",))


def _name(path: str, action: str, fence: Fence) -> str:
    """`lecture-timeline-1f2e3d4c5b.svg`: a name for this content and no other."""
    stem = re.sub(r"[^\w.-]+", "-", os.path.splitext(os.path.basename(path))[0]) or "notes"
    content = "\0".join((VERSION, fence.words, fence.text))
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{stem}-{action}-{digest}.svg"


def _is_ours(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return MARK.encode() in stream.read(4000)
    except OSError:
        return False


def notes_of(text: str, path: str, there: bool = True) -> Notes:
    """The document with a line below each fence that shows its picture or what is wrong."""
    lines = text.split("\n")  # each keeps its carriage return, if it has one
    made: list[Made] = []
    out: list[str] = []
    before: list[str] = []
    at = 0
    for fence in fences_of(lines):
        out += lines[at : fence.first]
        made.append(made_of(fence, path, len(out) + 1, there))  # as the lines will be
        out += lines[fence.first : fence.last + 1]
        at = fence.last + 1
        skipped, old = _old(lines, at)
        before += old
        at += skipped
        end = "\r" if out[-1].endswith("\r") else ""
        out += [end, *(fence.indent + line + end for line in _shown(made[-1]))]
        if at < len(lines) and lines[at].strip():
            out.append(end)
    out += lines[at:]
    if made and at >= len(lines):
        out.append("")
    now = {one.name for one in made}
    obsolete = tuple(name for name in dict.fromkeys(before) if name not in now)
    return Notes("\n".join(out), tuple(made), obsolete)


def _old(lines: list[str], at: int) -> tuple[int, list[str]]:
    """How many lines below a fence are ours (with the empty one before), and their pictures."""
    start = at
    if at < len(lines) and not lines[at].strip():
        at += 1
    first, files = at, []
    while at < len(lines):
        picture = PICTURE.match(lines[at])
        if picture is None and not REPORT.match(lines[at]):
            break
        files += [picture["path"]] if picture is not None else []
        at += 1
    return (at - start, files) if at > first else (0, [])


def _shown(made: Made) -> list[str]:
    if made.problems:
        return [f"> **conclang:** {_plain(problem)}" for problem in made.problems]
    return [f'![{_plain(made.title)}]({made.name} "{MARK}")']


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    shown = "".join(c if c.isprintable() else "�" for c in text)
    return re.sub(r"([\\`*_{}\[\]<>#|!&$~])", r"\\\1", shown)
