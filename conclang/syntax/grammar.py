"""Where the grammar is, and the parser table prepared from it.

The table ships beside the grammar (`conclang.table`; `python -m conclang.syntax.grammar` writes it,
a test says when that was forgotten). If it does not belong to the grammar found, as when somebody
is changing the grammar, one made by Lark is kept in the user's own cache folder, named after the
grammar and the versions of Lark and Python, and written in one go. A cache that cannot be read or
written is no reason to fail: then the table is made anew.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from pathlib import Path

from conclang.syntax.table import Table, fingerprint, from_text, to_text

GRAMMAR = "conclang.lark"
PREPARED = "conclang.table"


def grammar_folder() -> Path:
    """Inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "grammars"
    return inside if (inside / GRAMMAR).is_file() else package.parent / "grammars"


def grammar_text() -> str:
    return (grammar_folder() / GRAMMAR).read_text(encoding="utf-8")


@functools.cache
def load_table() -> Table:
    """The table for the grammar as it is now."""
    grammar = grammar_text()
    wanted = fingerprint(grammar)
    shipped = _read(grammar_folder() / PREPARED, wanted)
    return shipped or _cached(grammar, wanted)


def _read(path: Path, wanted: str) -> Table | None:
    try:
        return from_text(path.read_text(encoding="utf-8"), wanted)
    except (OSError, ValueError):
        return None


def _cached(grammar: str, wanted: str) -> Table:
    path = _cache_path(wanted)
    table = _read(path, wanted) if path else None
    if table is None:
        from conclang.syntax.lark_build import build_table

        table = build_table(grammar)
        if path:
            _write(path, to_text(table))
    return table


def _cache_path(wanted: str) -> Path | None:
    try:
        from importlib.metadata import version

        from platformdirs import user_cache_path

        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        name = f"grammar-{wanted.replace(':', '-')}-lark{version('lark')}-py{python}.table"
        return user_cache_path("conclang") / name
    except Exception:  # no home folder, no metadata: work without a cache
        return None


def _write(path: Path, text: str) -> None:
    """All or nothing, also when two processes do it at once."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()


def main() -> None:
    """Write the table that ships."""
    from conclang.syntax.lark_build import build_table

    _write(grammar_folder() / PREPARED, to_text(build_table(grammar_text())))


if __name__ == "__main__":
    main()
