"""Where the grammar is, and the parser table prepared from it.

The table ships beside the grammar (`conclang.table`; `python -m conclang.syntax.grammar` writes it,
a test says when that was forgotten). If it does not belong to the grammar found, as when somebody
is changing the grammar, one made by Lark is kept in the user's own cache folder, named after the
grammar and the versions of Lark and Python, and written in one go. A cache that cannot be read or
written is no reason to fail: then the table is made anew.
"""

from __future__ import annotations

import functools
import os
import sys

from conclang.syntax.table import Table, fingerprint, from_text, to_text

GRAMMAR = "conclang.lark"
PREPARED = "conclang.table"


def grammar_folder() -> str:
    """Inside the installed package, or at the top of a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "grammars")
    if os.path.isfile(os.path.join(inside, GRAMMAR)):
        return inside
    return os.path.join(os.path.dirname(package), "grammars")


def grammar_text() -> str:
    """The grammar as Lark reads it."""
    with open(os.path.join(grammar_folder(), GRAMMAR), encoding="utf-8") as file:
        return file.read()


@functools.cache
def load_table() -> Table:
    """The table for the grammar as it is now."""
    grammar = grammar_text()
    wanted = fingerprint(grammar)
    shipped = _read(os.path.join(grammar_folder(), PREPARED), wanted)
    return shipped or _cached(grammar, wanted)


def _read(path: str, wanted: str) -> Table | None:
    try:
        with open(path, encoding="utf-8") as file:
            return from_text(file.read(), wanted)
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


def _cache_path(wanted: str) -> str:
    """Where this grammar's table is kept; "" if there is no place for it."""
    try:
        from importlib.metadata import version

        from platformdirs import user_cache_dir

        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        name = f"grammar-{wanted.replace(':', '-')}-lark{version('lark')}-py{python}.table"
        return os.path.join(user_cache_dir("conclang"), name)
    except Exception:  # no home folder, no metadata: work without a cache
        return ""


def _write(path: str, text: str) -> None:
    """All or nothing, also when two processes do it at once."""
    part = f"{path}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(part, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(part, path)
    except OSError:
        _remove(part)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def main() -> None:
    """Write the table that ships."""
    from conclang.syntax.lark_build import build_table

    path = os.path.join(grammar_folder(), PREPARED)
    _write(path, to_text(build_table(grammar_text())))


if __name__ == "__main__":
    main()
