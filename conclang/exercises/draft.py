"""A first draft of an exercise from a scenario and its broken twin (`X.cl`, `X_broken.cl`).

The student gets the broken twin, with edit marks around the declarations in which the two differ;
the sound one is the solution, and its `expect` lines that the twin violates become checks. What is
left for the author are the words: prompt and hints.
"""

from __future__ import annotations

import json
import os
import re
from difflib import SequenceMatcher

from conclang.diagnostics.source import SourceText, read_source
from conclang.exercises.assemble import expectations_of, without_expectations
from conclang.exercises.exercise import FILE_NAME
from conclang.syntax.nodes import Scenario

BROKEN = "_broken"


class CannotDraft(ValueError):
    """Why there is no draft; said to the author."""


def twins(path: str) -> tuple[str, str]:
    """The sound scenario and its broken twin, whichever is named."""
    stem, ending = os.path.splitext(path)
    sound = stem.removesuffix(BROKEN) + ending
    broken = stem.removesuffix(BROKEN) + BROKEN + ending
    for file in (sound, broken):
        if not os.path.isfile(file):
            raise CannotDraft(
                f"{file}: there is no such file; a draft needs a scenario and its twin"
            )
    return sound, broken


def drafted(path: str, name: str) -> dict[str, str]:
    """The files of the draft, by name."""
    texts = []
    for file in twins(path):
        source, problem = read_source(file)
        if problem is not None:
            raise CannotDraft(f"{file}: {problem.message}")
        texts.append(source.text)
    sound, broken = texts
    solution, starter = marked(_bare(sound), _bare(broken))
    lines = _lines(sound, broken)
    if not lines:
        raise CannotDraft("the broken twin violates no `expect` line of the sound one")
    return {
        FILE_NAME: _yaml(name, _title(sound) or name.replace("_", " "), lines),
        f"{name}.cl": starter,
        "solution.cl": solution,
    }


def _bare(text: str) -> list[str]:
    """The lines without `expect` lines and without what they leave empty at the end."""
    kept = [line.rstrip() for line in without_expectations(text).split("\n")]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _start(lines: list[str]) -> int:
    """The first line that is neither comment nor title."""
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith(("//", "scenario ")):
            return number
    return 0


def marked(sound: list[str], broken: list[str]) -> tuple[str, str]:
    """Both with edit marks around where they differ; the rest is that of the sound one."""
    head = [line for line in sound[: _start(sound)] if not line.startswith("//")]  # it tells all
    one, two = sound[_start(sound) :], broken[_start(broken) :]
    same = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    first = same[0].size if same[0].a == 0 and same[0].b == 0 else 0
    ending = [block for block in same if block.size]
    last = ending[-1] if ending else same[-1]
    tail = last.size if last.a + last.size == len(one) and last.b + last.size == len(two) else 0
    tail = min(tail, len(one) - first, len(two) - first)
    while first and not _whole(one[:first]):
        first -= 1
    while tail and not (_whole(one[len(one) - tail :]) and _whole(two[len(two) - tail :])):
        tail -= 1
    made = []
    for lines in (one, two):
        middle = lines[first : len(lines) - tail]
        rest = lines[len(lines) - tail :]
        whole = [*head, *lines[:first], "// edit: begin here", *middle, "// edit: end", *rest]
        made.append("\n".join(whole) + "\n")
    return made[0], made[1]


def _whole(lines: list[str]) -> bool:
    """Does every block that opens here close here?"""
    depth = 0
    for line in lines:
        code = re.sub(r'"[^"]*"|//.*', "", line)
        for sign in code:
            depth += (sign == "{") - (sign == "}")
            if depth < 0:
                return False
    return depth == 0


def _title(text: str) -> str:
    from conclang.syntax.parse import parse

    scenario: Scenario = parse(SourceText.of(text))[0]
    title = scenario.title
    return "".join(p for p in title.parts if isinstance(p, str)) if title is not None else ""


def _lines(sound: str, broken: str) -> list[str]:
    """The sound one's `expect` lines that the broken one violates."""
    from conclang.exercises.assemble import Line, assemble
    from conclang.explore.checker import CheckOptions, check
    from conclang.pipeline import timed_status

    source = SourceText.of(sound)
    texts = [" ".join(source.slice(node.span).split()) for node in expectations_of(source)]
    made = assemble(without_expectations(broken), [Line(0, text) for text in texts], {}, "twin")
    if made.program is None:
        raise CannotDraft("the broken twin does not compile with the sound one's `expect` lines")
    program = made.program
    options = CheckOptions(
        max_states=500_000, timed=lambda expected: timed_status(program, expected)
    )
    result = check(program, options)
    numbers = {number: line.text for number, line in made.lines}
    violated = [numbers[j.line] for j in result.judgements if j.status == "violated"]
    if violated or not any(finding.fails for finding in result.findings):
        return violated
    return texts or ["expect always true"]  # a run-time error fails every line


def _yaml(name: str, title: str, lines: list[str]) -> str:
    checks = "".join(
        f"  - expect: {json.dumps(line.removeprefix('expect '), ensure_ascii=False)}\n"
        for line in lines
    )
    return (
        f"id: {name}\n"
        f"title: {json.dumps(title, ensure_ascii=False)}\n"
        "difficulty: 2\n"
        "prompt: |\n"
        f"  Something is wrong in `{name}.cl`. Find a schedule that shows it, and mend the part\n"
        "  between the `edit` marks.\n"
        f"starter: {name}.cl\n"
        "solution: solution.cl\n"
        "hints:\n"
        f"  - Run `conclang check` on the file after adding `{lines[0]}` to it.\n"
        f"checks:\n{checks}"
    )
