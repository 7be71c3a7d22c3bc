"""conclang: a small language for concurrency scenarios.

What a program that uses conclang needs is listed below and imported when it is asked for, so that
the command starts quickly.
"""

from __future__ import annotations

from importlib import import_module

from conclang import engine
from conclang._version import VERSION as __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# name → the module that has it
_EXPORTS = {
    "Bag": "conclang.diagnostics.diagnostic",
    "Diagnostic": "conclang.diagnostics.diagnostic",
    "Severity": "conclang.diagnostics.diagnostic",
    "SourceText": "conclang.diagnostics.source",
    "Span": "conclang.diagnostics.source",
    "CannotBeHad": "conclang.views.asking",
    "ScenarioError": "conclang.embed.api",
    "load": "conclang.embed.api",
    "load_file": "conclang.pipeline",
    "load_text": "conclang.pipeline",
}

__all__ = ["__version__", "load_ipython_extension", *_EXPORTS]

engine.install()


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'conclang' has no attribute '{name}'")
    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_EXPORTS])


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext conclang` in a notebook: the cell magic `%%conclang`."""
    from conclang.embed.notebook import register

    register(shell)
