"""Reductions against the whole search, on as many random programs as there is time for.

    python -m tests.properties.sweep 5000 --first 1000000 --only indices

Each program is searched whole, then with some of the reductions: all, one alone, all but one, two
together, or any set, as the seed has it. What differs is written down with family and seed. The
tests take some of the same (test_pairs.py). With `--only fusing` local work is taken apart, and the
whole search with it fused is what has to be answered (unfused.py, test_fusing.py).
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections import Counter
from collections.abc import Callable
from random import Random

from conclang.explore import persistent
from conclang.explore.checker import CheckOptions, check
from conclang.explore.reduce import FUSING, LOCALS, NAMES
from conclang.pipeline import load_text
from tests.oracle.generate import program as mixed
from tests.properties import members, private_programs, starters, unfused
from tests.properties.test_explore_agreement import verdict

MOST_STATES = 6_000


def nameless(seed: int) -> str:
    """Threads and tasks of the oracle's generator, without handles."""
    verb = Random(seed).choice(["spawn", "spawn", "go"])
    text = re.sub(r"let h\d+ = (spawn|go)", r"\1", mixed(seed, {"cells", verb, "lock"}))
    lines = [line for line in text.split("\n") if not re.search(r"(join|await) h\d", line)]
    return "\n".join(lines)


FAMILIES: dict[str, Callable[[int], str]] = {
    "mixed": mixed,
    "guarded": lambda seed: mixed(seed, {"cells", "array", "lock", "condition", "assert"}),
    "private": private_programs.program,
    "members": members.program,
    "starters": starters.program,
    "nameless": nameless,
}
THINKING = {**unfused.FAMILY, **FAMILIES}
"""Where local work matters."""


def choices(seed: int, only: str | None = None) -> tuple[str, ...]:
    """The reductions that are left out for a seed."""
    r, every = Random(seed), list(NAMES)
    only = None if only == FUSING else only
    one, two = r.sample(every, 2)
    kept = r.choice(
        [set(every), {one}, set(every) - {one}, {one, two}, set(r.sample(every, r.randint(1, 5)))]
    )
    if only is not None:
        kept.add(only)
    left = [LOCALS] if only != LOCALS and not r.randrange(6) else []
    return (*left, *(name for name in every if name not in kept))


def differs(text: str, without: tuple[str, ...], tally: Counter[str]) -> bool:
    """Does what is left of the reductions change an answer?"""
    program = load_text(text).program
    if program is None:
        tally["not a program"] += 1
        return False
    whole = check(program, CheckOptions(max_states=MOST_STATES, reduction=False))
    if whole.limit is not None:
        tally["large"] += 1
        return False
    # a probe of one state does not see a circle, and no cell that is guarded
    probe = 40 if whole.infinite or whole.stats.states % 2 else 1
    found = check(program, CheckOptions(max_states=MOST_STATES, probe=probe, without=without))
    if found.limit is not None and LOCALS in without:
        tally["large"] += 1
        return False
    tally["compared"] += 1
    tally.update(name for name, used in NAMES.items() if used in found.stats.reductions)
    return verdict(found) != verdict(whole)


def is_wrong(family: str, seed: int, only: str | None, tally: Counter[str]) -> bool:
    """Is a program told differently?"""
    without = choices(seed, only)
    if only == FUSING:
        return unfused.differs(THINKING[family](seed), without, tally, MOST_STATES // 2)
    return differs(FAMILIES[family](seed), without, tally)


def sweep(first: int, count: int, only: str | None = None) -> tuple[Counter[str], list[str]]:
    """Which programs are told differently."""
    tally: Counter[str] = Counter()
    wrong = []
    families = THINKING if only == FUSING else FAMILIES
    for seed, family in zip(range(first, first + count), itertools.cycle(families)):
        which = f"{family} {seed} --without {' '.join(choices(seed, only))}"
        try:
            if is_wrong(family, seed, only, tally):
                wrong.append(which)
        except Exception as problem:
            wrong.append(f"{which}: {problem!r}")
    return tally, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=1_000_000)
    parser.add_argument(
        "--only", choices=sorted([*NAMES, LOCALS, FUSING]), help="a reduction that is always used"
    )
    given = parser.parse_args()
    persistent.LEAST = -1.0  # even where it promises nothing
    tally, wrong = sweep(given.first, given.count, given.only)
    print(" ".join(f"{name}:{number}" for name, number in sorted(tally.items())))
    print("\n".join(wrong) or "all the same")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
