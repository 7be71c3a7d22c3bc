"""Longer agreement runs by hand: `python -m tests.oracle.fuzz FIRST LAST [THEME…]`."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections import Counter
from typing import Any

from conclang.cli.main import dispatch
from tests.oracle.ask import verdicts
from tests.oracle.compare import differences
from tests.oracle.generate import program
from tests.oracle.search import TooLarge

STATES = 1_500
MOST = int(os.environ.get("MOST", "5"))


def check(text: str, *options: str) -> dict[str, Any]:
    """The JSON report of `conclang check` on a text, in this process."""
    with tempfile.NamedTemporaryFile("w", suffix=".cl", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        raw = io.BytesIO()
        out = io.TextIOWrapper(raw, encoding="utf-8")
        with contextlib.redirect_stdout(out):
            dispatch(["check", file.name, "--format", "json", "--count", *options])
        out.flush()
    report: dict[str, Any] = json.loads(raw.getvalue())
    return report


def agree(text: str, *options: str) -> list[str] | None:
    """The differences about one scenario; None if it is too large for the oracle."""
    try:
        answer, expected = verdicts(text, limit=STATES)
    except TooLarge:
        return None
    return differences(check(text, *options), answer, expected)


def main() -> None:
    first, last, *themes = sys.argv[1:]
    tally: Counter[str] = Counter()
    for seed in range(int(first), int(last)):
        text = program(seed, {"cells", *themes} if themes else None)
        try:
            found = agree(text)
        except Exception as error:
            found = [f"{type(error).__name__}: {error}"]
        tally["too large" if found is None else "differ" if found else "agree"] += 1
        if found:
            print(f"--- seed {seed}\n{text}", *found, sep="\n", flush=True)
            if tally["differ"] >= MOST:
                break
    print(dict(tally))


if __name__ == "__main__":
    main()
