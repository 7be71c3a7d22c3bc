"""The cell magic: in IPython, and a real notebook executed from its first cell to its last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from conclang.embed.notebook import magic
from conclang.embed.results import Check, Comparison, Page, Picture, Run
from conclang.views.asking import CannotBeHad

CELL = 'scenario "Cell"\nshared n = 0\nthread a { n += 1 }\nthread b { n += 1 }\n'


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", Run),
        ("run --policy fifo --cores 1", Run),
        ("check", Check),
        ("compare --policies 'fifo; cfs' --cores 1,2", Comparison),
        ("timeline", Picture),
        ("page --cores 1", Page),
        ("states --by n", Picture),
        ('waits at="2"', Picture),
    ],
)
def test_actions(line: str, kind: type) -> None:
    assert isinstance(magic(line, CELL, {}), kind)


def test_a_result_can_be_kept() -> None:
    names: dict[str, Any] = {}
    made = magic("run --cores 1 --as one", CELL, names)
    assert names == {"one": made} and isinstance(made, Run) and made.result.cores == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("timelin", "did you mean"),
        ("run --colour red", "no option"),
        ("run --as 1x", "name of a variable"),
        ("run 'x", "quotation"),
        ("run --cores none", "no number"),
    ],
)
def test_what_is_wrong_with_the_line(line: str, words: str) -> None:
    with pytest.raises(CannotBeHad, match=words):
        magic(line, CELL, {})


def test_constants_and_mistakes() -> None:
    text = "const N = 1\nshared n = 0\nthread a { n = N }\n"
    made = magic("run -D N=7", text, {})
    assert isinstance(made, Run) and made.final == {"n": 7}
    assert "<cell>:1" in repr(magic("run", "thread a { y = 1 }", {}))


def test_in_ipython() -> None:
    shell = InteractiveShell.instance()
    try:
        shell.run_line_magic("load_ext", "conclang")
        made = shell.run_cell_magic("conclang", "check --as verdict", CELL)
        assert isinstance(made, Check) and shell.user_ns["verdict"] is made
    finally:
        InteractiveShell.clear_instance()


def test_a_real_notebook(tmp_path: Path) -> None:
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell("%load_ext conclang"),
        nbformat.v4.new_code_cell(f"%%conclang timeline --as picture\n{CELL}"),
        nbformat.v4.new_code_cell(f"%%conclang check\n{CELL}"),
        nbformat.v4.new_code_cell(
            "import conclang\nrun = conclang.load(picture.text and 'thread a { work 2 }').run()\nrun"
        ),
        nbformat.v4.new_code_cell("print(run.ticks)"),
    ]
    client = nbclient.NotebookClient(book, timeout=60, resources={"metadata": {"path": tmp_path}})
    client.execute()
    shown = [cell["outputs"] for cell in book.cells]
    for outputs in shown[1:4]:
        data = outputs[0]["data"]
        assert data["image/svg+xml"].startswith("<?xml") and "text/html" in data
    assert "lost update of n" in shown[2][0]["data"]["text/plain"]
    assert shown[4][0]["text"] == "2\n"
