"""The compiled engine takes the interpreter's lock only where a function is made for that.

A function that has a Python object among its variables takes the lock whenever it returns, even if
the `with cython.gil` in it was passed by: several workers then wait for each other all the time.
"""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TWINS = sorted(path.with_suffix(".py") for path in ROOT.glob("conclang/**/*.pxd"))
HOT = [path for path in TWINS if path.exists()]


@pytest.mark.parametrize("path", HOT, ids=lambda path: path.stem)
def test_who_takes_the_lock_does_nothing_else(path: Path) -> None:
    assert "cython.gil" not in path.read_text(encoding="utf-8"), "declare it `with gil` instead"
