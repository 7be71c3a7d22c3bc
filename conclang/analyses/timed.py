"""`expect timed E`: an expression over metrics, with exact fractions.

What a metric cannot answer (a thread that has not finished has no turnaround) makes the line
violated; the run that was to show it did not.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from conclang.analyses.finding import HOLDS, UNKNOWN, VIOLATED
from conclang.analyses.metrics import Metrics
from conclang.ir.program import TimedExpr


class NoAnswer(Exception):
    """A metric without a value in this run; the message says which."""


def judge(expression: TimedExpr | None, metrics: Metrics, outcome: str) -> tuple[str, str]:
    """The status of an expectation, and for a violated one the values it speaks of."""
    if expression is None:
        return UNKNOWN, ""
    try:
        holds = bool(evaluate(expression, metrics))
    except NoAnswer as problem:
        return (UNKNOWN if outcome in ("limit", "interrupted") else VIOLATED), str(problem)
    if outcome in ("limit", "interrupted"):
        return UNKNOWN, "the run did not come to its end"
    return (HOLDS, "") if holds else (VIOLATED, describe(expression, metrics))


def evaluate(expression: TimedExpr, metrics: Metrics) -> Fraction | bool:
    """The value of an expression."""
    operator, operands = expression.operator, expression.operands
    if operator == "number":
        return Fraction(str(operands[0]))
    if operator == "metric":
        return _metric(str(operands[0]), operands[1], metrics)
    if operator in ("average", "total", "maximum", "minimum"):
        found = metrics.aggregate(operator, str(operands[0]))
        if found is None:
            raise NoAnswer("no thread has finished")
        return found
    parts = [part for part in operands if isinstance(part, TimedExpr)]
    if operator == "and":
        return all(bool(evaluate(part, metrics)) for part in parts)
    if operator == "or":
        return any(bool(evaluate(part, metrics)) for part in parts)
    if operator == "not":
        return not evaluate(parts[0], metrics)
    return _apply(operator, [Fraction(evaluate(part, metrics)) for part in parts])


def _metric(name: str, thread: object, metrics: Metrics) -> Fraction:
    if thread is None:
        return metrics.system(name)
    found = metrics.thread(str(thread))
    value = found.get(name) if found is not None else None
    if value is None:
        raise NoAnswer(f"{thread} has no {name} in this run")
    return Fraction(value)


def _apply(operator: str, values: list[Fraction]) -> Fraction | bool:
    if operator == "negate":
        return -values[0]
    if operator == "abs":
        return abs(values[0])
    if operator in ("min", "max"):
        return min(values) if operator == "min" else max(values)
    left, right = values[0], values[1]
    if operator in ("/", "%") and right == 0:
        raise NoAnswer("division by zero")
    table: dict[str, Callable[[], Fraction | bool]] = {
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
        "/": lambda: left / right,
        "%": lambda: left % right,
        "==": lambda: left == right,
        "!=": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
    }
    return table[operator]()


def describe(expression: TimedExpr, metrics: Metrics) -> str:
    """The metrics an expression speaks of, with their values."""
    seen: dict[str, str] = {}
    _collect(expression, metrics, seen)
    return ", ".join(f"{name} is {value}" for name, value in seen.items())


def _collect(expression: TimedExpr, metrics: Metrics, seen: dict[str, str]) -> None:
    operator, operands = expression.operator, expression.operands
    if operator in ("metric", "average", "total", "maximum", "minimum"):
        name = str(operands[0])
        if operator != "metric":
            name = f"{operator}({name})"
        elif operands[1] is not None:
            name = f"{name}({operands[1]})"
        try:
            seen[name] = shown(Fraction(evaluate(expression, metrics)))
        except NoAnswer:
            seen[name] = "not known"
    for part in operands:
        if isinstance(part, TimedExpr):
            _collect(part, metrics, seen)


def shown(value: Fraction) -> str:
    """A number as people write it: whole, or with up to three decimals."""
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{float(value):.3f}".rstrip("0").rstrip(".")
    return text
