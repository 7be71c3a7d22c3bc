"""` ```console ` blocks: each `$ command` is run again and its output put below it.

All commands of a page run in one temporary folder that holds the page's ` ```… file=NAME ` blocks
that stand above, and the checkout's `examples`. `conclang` is this checkout's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from weave.blocks import ROOT, Block

PROMPT = "$ "
SECONDS = 120
PICTURES = "pictures"


@dataclass(slots=True)
class Session:
    """The folder, and how the last command ended (for `echo $?`)."""

    folder: Path
    status: int = 0

    def define(self, block: Block) -> None:
        """Write a named block as a file."""
        path = self.folder / block.options["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def pictures(self) -> dict[str, bytes]:
        """What the commands have drawn into the folder `pictures`, by name."""
        folder = self.folder / PICTURES
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    def output(self, block: Block) -> str:
        """What a console block says when its commands are run now."""
        commands = [line for line in block.text.split("\n") if line.startswith(PROMPT)]
        return "".join(f"{line}\n{self._run(line[len(PROMPT) :])}" for line in commands)

    def _run(self, command: str) -> str:
        tool = f'conclang() {{ "{sys.executable}" -m conclang "$@"; }}'
        script = f"{tool}\n(exit {self.status})\n{command}"
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        self.status = done.returncode
        text = done.stdout.decode("utf-8")
        return text if not text or text.endswith("\n") else text + "\n"

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
        }


@contextmanager
def session() -> Iterator[Session]:
    """A fresh folder for one page."""
    with tempfile.TemporaryDirectory() as folder:
        if (ROOT / "examples").is_dir():
            os.symlink(ROOT / "examples", Path(folder) / "examples")
        (Path(folder) / PICTURES).mkdir()
        yield Session(Path(folder))
