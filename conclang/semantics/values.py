"""Arithmetic on values that are known before the program runs.

The same rules as at run time: 64-bit integers, never wrapped; division rounds down.
"""

from __future__ import annotations

from conclang.semantics.symbols import Value

LARGEST = 2**63 - 1
SMALLEST = -(2**63)


class Fault(Exception):
    """An operation without a result; never leaves this room."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def arithmetic(operator: str, left: int, right: int) -> int:
    """`left operator right`."""
    if operator == "+":
        result = left + right
    elif operator == "-":
        result = left - right
    elif operator == "*":
        result = left * right
    elif right == 0:
        raise Fault(
            "CL0602", "division by zero" if operator == "/" else "remainder of a division by zero"
        )
    else:
        result = left // right if operator == "/" else left % right
    return checked(result)


def checked(value: int) -> int:
    """The value, if it is one that a variable can hold."""
    if SMALLEST <= value <= LARGEST:
        return value
    raise Fault("CL0603", "this is more than a 64-bit integer can hold")


def compare(operator: str, left: Value, right: Value) -> bool:
    """`left operator right`; only integers are ever ordered."""
    if operator == "==":
        return left == right
    if operator == "!=":
        return left != right
    if not isinstance(left, int) or not isinstance(right, int):
        return False
    if operator == "<":
        return left < right
    if operator == "<=":
        return left <= right
    if operator == ">":
        return left > right
    return left >= right


def flatten(value: Value) -> tuple[int | bool | str, ...]:
    """The words of a value, left to right."""
    if not isinstance(value, tuple):
        return (value,)
    words: list[int | bool | str] = []
    stack = list(reversed(value))
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(reversed(item))
        else:
            words.append(item)
    return tuple(words)
