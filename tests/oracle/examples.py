"""The collection before the oracle: does an independent search confirm what each file expects?

    python -m tests.oracle.examples [NAME...] [--limit STATES]

prints one row per example. Files whose head says `Checked by: oracle` are asserted by
tests/conformance/test_examples.py; the sizes that take the oracle longer than that are in SLOW and
are asked by `make oracle`.
"""

from __future__ import annotations

import sys
import time
from typing import NamedTuple

from conclang.collection.catalogue import Example, catalogue
from tests.oracle.ask import verdicts
from tests.oracle.code import Unsupported
from tests.oracle.search import TooLarge

LIMIT = 6_000  # states that a test may visit
FAR = 400_000  # states that the nightly target may visit
SLOW = frozenset({"sushi", "sushi_broken"})


class Opinion(NamedTuple):
    """What the oracle says about each `expect` line (None: a kind it does not know)."""

    truths: tuple[bool | None, ...]
    deadlock: bool
    problem: str = ""

    @property
    def confirmed(self) -> bool:
        return not self.problem and True in self.truths and False not in self.truths


def opinion(example: Example, limit: int = LIMIT) -> Opinion:
    """Ask; what it cannot do or finish is told, not raised."""
    try:
        answer, truths = verdicts(example.text, limit)
    except (Unsupported, TooLarge) as error:
        return Opinion((), False, f"{type(error).__name__}: {str(error)[:80]}")
    return Opinion(tuple(truths), answer.deadlock)


def main(arguments: list[str]) -> int:
    limit = FAR
    if "--limit" in arguments:
        at = arguments.index("--limit")
        limit = int(arguments[at + 1])
        arguments = arguments[:at] + arguments[at + 2 :]
    wrong = 0
    for one in catalogue():
        if "oracle" not in one.checked_by or (arguments and one.name not in arguments):
            continue
        began = time.perf_counter()
        said = opinion(one, limit)
        wrong += not said.confirmed
        seconds = time.perf_counter() - began
        count = f"{said.truths.count(True)} of {len(said.truths)} lines"
        verdict = "confirms" if said.confirmed else "DOUBTS"
        print(f"{verdict:<8} {one.file:<42} {said.problem or count}  {seconds:.1f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
