"""Exact 64-bit arithmetic for the plain engine; `arith_c.pxd` is the same for C."""

from __future__ import annotations

LEAST = -(1 << 63)
MOST = (1 << 63) - 1


def add_overflows(a: int, b: int) -> bool:
    return not LEAST <= a + b <= MOST


def sub_overflows(a: int, b: int) -> bool:
    return not LEAST <= a - b <= MOST


def mul_overflows(a: int, b: int) -> bool:
    return not LEAST <= a * b <= MOST


def is_least(a: int) -> bool:
    """The one number whose negation does not fit."""
    return a == LEAST


def floor_div(a: int, b: int) -> int:
    return a // b


def floor_mod(a: int, b: int) -> int:
    return a % b
