"""What the head of an example says: its idea in prose, then named fields, all in `//` comments.

    // The idea, one or two sentences.
    //
    // Concept: deadlock
    // Verdict: safe
    // Twin: ordered_broken.cl
    // Source: who had the idea, where it was published (optional)
    // Checked by: oracle, spin
    // By hand: the arithmetic or the argument (if it was checked by hand)
    // Next: what to try
    scenario "The title"

A field goes on in the lines that are indented below it. Nothing here knows the language: the title
is the first string after `scenario`.
"""

from __future__ import annotations

import re

FIELDS = ("Concept", "Verdict", "Twin", "Source", "Checked by", "By hand", "Next")
VERDICTS = {
    "safe": "every expectation of a sound design holds",
    "slow": "right, but late: the time is worse than the twin's",
    "deadlock": "somebody waits for what can never come",
    "leak": "a thread or task is left behind for ever",
    "race": "two threads touch one cell at once, and one writes",
    "lost update": "a write overwrites one that it has not seen",
    "atomicity": "what was looked at has changed before it is used",
    "exclusion": "two are where only one may be",
    "starvation": "somebody waits for ever while others go on",
    "livelock": "everybody is busy and nobody gets anywhere",
    "wrong result": "an outcome, an order or an assertion that nobody wants",
    "error": "the run ends in a run-time error",
}
METHODS = {
    "hand": "worked out on paper; the field `By hand` says how",
    "oracle": "an independent search through all schedules (tests/oracle)",
    "spin": "the same model in SPIN (benchmarks/peers)",
    "harmony": "the same model in Harmony (benchmarks/peers)",
}

_TITLE = re.compile(r'^scenario\s+"((?:[^"\\\n]|\\.)*)"', re.MULTILINE)
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):\s*(.*)")


def title_of(text: str) -> str:
    """The title in the `scenario` line, without its quotes."""
    found = _TITLE.search(text)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else ""


def read_header(text: str) -> tuple[str, dict[str, str]]:
    """The idea, and the fields by their names."""
    idea: list[str] = []
    fields: dict[str, list[str]] = {}
    current = idea
    for line in text.split("\n"):
        if not line.startswith("//"):
            break
        found = _FIELD.match(line[2:].strip())
        if found:
            current = fields.setdefault(found[1], [])
        current.append(found[2] if found else line[2:].strip())
    return _joined(idea), {name: _joined(lines) for name, lines in fields.items()}


def _joined(lines: list[str]) -> str:
    return " ".join(line for line in lines if line)
