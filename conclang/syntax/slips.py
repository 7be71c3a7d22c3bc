"""Slips of people who come from other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conclang.syntax.recover import Mend, Recovery


def before(recovery: Recovery) -> None:
    """What is best put right before reading."""


def find(recovery: Recovery) -> Mend | None:
    """The slip at the token at hand, if it is one."""
    return None
