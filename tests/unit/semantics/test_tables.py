"""Every statement of the language has a row in each table that gives it a part of its meaning."""

from __future__ import annotations

from typing import Any

import pytest

from conclang.lowering import statements as lowering
from conclang.semantics.statements import Statements
from conclang.syntax import nodes

STATEMENTS = sorted(
    (
        kind
        for kind in vars(nodes).values()
        if isinstance(kind, type) and issubclass(kind, nodes.Statement)
    ),
    key=lambda kind: kind.__name__,
)
TABLES: dict[str, Any] = {
    "Statements.steps in conclang/semantics/statements.py": Statements.steps,
    "_STATEMENTS in conclang/lowering/statements.py": lowering._STATEMENTS,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_statement_has_a_row(name: str) -> None:
    kinds = {kind for kind in STATEMENTS if kind is not nodes.Statement}
    assert kinds - set(TABLES[name]) == set(), f"no row in {name}"
