"""Numbers with nouns."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """`1 tick`, `3 ticks`, `2,000 ticks`, `2 policies`; `what` ends with the noun, in singular."""
    if number == 1:
        return f"1 {what}"
    return f"{number:,} {what[:-1]}ies" if what.endswith("cy") else f"{number:,} {what}s"


def left_out(number: int, what: str, done: str = "drawn") -> str:
    """`1 more thread is not drawn`."""
    return f"{counted(number, f'more {what}')} {'is' if number == 1 else 'are'} not {done}"
