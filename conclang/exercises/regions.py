"""The parts of a file that a student may edit, and what was changed outside of them.

A region starts with a comment `// edit: begin NAME` and ends with `// edit: end`, each on a line
of its own. A file without regions may be edited everywhere. Spaces at line ends and empty lines at
the end of the file are nobody's business; everything else outside the regions must stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import unified_diff

from conclang.record import record

BEGIN = re.compile(r"\s*//\s*edit:\s*begin(?:\s+(\S.*?))?\s*\Z")
END = re.compile(r"\s*//\s*edit:\s*end(?:\s+.*)?\Z")
MARK = re.compile(r"\s*//\s*edit\b")
SEED = re.compile(r"\s*//\s*seed:\s*\d+\s*\Z")
MOST_DIFF = 40


@record
class Region:
    """Lines between the marks, counted from 0: `lines[first:last]`."""

    name: str
    first: int
    last: int


class RegionError(ValueError):
    """Marks that do not fit together; the message says which line."""


def regions_of(text: str) -> list[Region]:
    """All regions in order."""
    found: list[Region] = []
    opened: tuple[str, int] | None = None
    for number, line in enumerate(text.split("\n")):
        begin = BEGIN.match(line)
        if begin:
            if opened is not None:
                raise RegionError(f"line {number + 1}: a region begins inside another one")
            opened = (begin[1] or f"part {len(found) + 1}", number + 1)
        elif END.match(line):
            if opened is None:
                raise RegionError(f"line {number + 1}: `edit: end` without `edit: begin`")
            found.append(Region(opened[0], opened[1], number))
            opened = None
        elif MARK.match(line):
            raise RegionError(f"line {number + 1}: write `// edit: begin NAME` or `// edit: end`")
    if opened is not None:
        raise RegionError(f"line {opened[1]}: this region has no `// edit: end`")
    names = [region.name for region in found]
    for name in names:
        if names.count(name) > 1:
            raise RegionError(f"two regions are called `{name}`")
    return found


def frozen(text: str) -> list[str]:
    """The lines outside the regions, marks included, without spaces at their ends."""
    lines = text.split("\n")
    inside = {n for region in regions_of(text) for n in range(region.first, region.last)}
    kept = [line.rstrip() for n, line in enumerate(lines) if n not in inside]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def changes(starter: str, text: str, drawn: Collection[str] = ()) -> list[str]:
    """What was changed outside the regions, as a diff; empty if nothing or all may be changed.

    The line with the seed and the values of constants that a variant draws do not count.
    """
    if not regions_of(starter):
        return []
    before = _apart_from(drawn, frozen(starter))
    try:
        after = _apart_from(drawn, frozen(text))
    except RegionError as problem:
        return [f"the edit marks were changed: {problem}"]
    if before == after:
        return []
    made = list(unified_diff(before, after, "starter", "yours", lineterm="", n=1))[2:]
    if len(made) > MOST_DIFF:
        made = [*made[:MOST_DIFF], f"… {len(made) - MOST_DIFF} more lines"]
    return made


def _apart_from(drawn: Collection[str], lines: list[str]) -> list[str]:
    kept = [line for line in lines if not SEED.match(line)]
    for name in drawn:
        kept = [re.sub(rf"^\s*const {name} = .*$", f"const {name} = …", line) for line in kept]
    return kept


def with_seed(text: str, seed: int, values: dict[str, str | int]) -> str:
    """A starter for a variant: its values in the constants, its seed in the first line."""
    for name, value in values.items():
        text = re.sub(rf"(?m)^(\s*const {name} = ).*$", rf"\g<1>{value}", text, count=1)
    return f"// seed: {seed}\n{text}"


def bodies(text: str) -> dict[str, list[str]]:
    """The lines of each region."""
    lines = text.split("\n")
    return {region.name: lines[region.first : region.last] for region in regions_of(text)}


def transplanted(text: str, filling: dict[str, list[str]]) -> str:
    """A text with the bodies of its regions replaced by those of the same name."""
    lines = text.split("\n")
    for region in reversed(regions_of(text)):
        if region.name in filling:
            lines[region.first : region.last] = filling[region.name]
    return "\n".join(lines)
