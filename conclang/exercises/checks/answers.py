"""`answer` checks: predictions in `answer.yaml`, compared with the computed truth.

What is said about a wrong answer is about that answer (a value that never occurs, the first tick
that is wrong), so that the truth is still there to be found.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from conclang.diagnostics.diagnostic import Bag
from conclang.diagnostics.source import SourceText
from conclang.exercises.desk import Desk
from conclang.exercises.exercise import ANSWER_FILE, Check
from conclang.exercises.outcome import PASS, Outcome, limited
from conclang.exercises.outcome import failed as fail
from conclang.exercises.truth import follow, kind_of, scenario, truth
from conclang.exercises.types import NUMBER
from conclang.exercises.yaml_tree import Mapping, Scalar, Sequence, Tree, read_tree

NEAR = Fraction(1, 200)  # decimals may be rounded to two places
TRUE, FALSE = ("true", "yes"), ("false", "no")
LONGEST = 60  # of a number
NOTHING = ("", "?", "~", "null")


class NotAnAnswer(ValueError):
    """The value has not the form that the question asks for; the message says which."""


def judge(desk: Desk, checks: list[Check]) -> None:
    given, problem = read_answers(desk.answers)
    for check in checks:
        question = check.asked
        if problem:
            desk.outcomes[check.number] = fail(f"{ANSWER_FILE}: {problem}")
            continue
        value = given.get(question["key"])
        if value is None or (isinstance(value, Scalar) and value.text in NOTHING):
            desk.outcomes[check.number] = fail(_missing(question["key"], given, checks))
            continue
        desk.outcomes[check.number] = _one(desk, check, value)


def read_answers(text: str) -> tuple[dict[str, Tree], str]:
    """The values by key, and what is wrong with the file as a whole."""
    from conclang.diagnostics.show import concise

    source = SourceText.of(text, ANSWER_FILE)
    if not text.strip():
        return {}, "it is empty, or not there"
    bag = Bag(source)
    tree = read_tree(source, bag)
    if bag.errors:
        return {}, concise(source, bag.errors[:1]).strip().removeprefix(f"{ANSWER_FILE}:")
    if not isinstance(tree, Mapping):
        return {}, "it must have a key for each question"
    return {name.text: value for name, value in tree.entries}, ""


def _missing(key: str, given: dict[str, Tree], checks: list[Check]) -> str:
    from conclang.diagnostics.spelling import did_you_mean

    known = {check.asked["key"] for check in checks}
    stray = [name for name in given if name not in known and name != "seed"]
    question = did_you_mean(key, stray)
    note = f" ({question.replace('did you mean', 'is it')})" if question else ""
    return f"there is no answer to `{key}` yet{note}"


def _one(desk: Desk, check: Check, value: Tree) -> Outcome:
    question = check.asked
    known = truth(desk, question, check.machines)
    if known.problem:
        return limited("", f"this question has no answer: {known.problem}")
    if known.limit:
        return limited(known.limit)
    kind = kind_of(question)
    try:
        said = _JUDGES[kind](desk, value, known.value)
    except NotAnAnswer as problem:
        said = f"`{question['key']}` must be {problem}"
    return fail(said) if said else PASS


# -- reading values ------------------------------------------------------------------------------


def plain(tree: Tree) -> Any:
    """A value as the language has it: numbers, booleans, texts, tuples."""
    if isinstance(tree, Sequence):
        return tuple(plain(item) for item in tree.items)
    if isinstance(tree, Mapping):
        raise NotAnAnswer("a value or a list of values")
    text = tree.text.strip()
    if tree.plain and text in ("true", "false"):
        return text == "true"
    if tree.plain and NUMBER.match(text) and len(text) <= LONGEST and text.lstrip("+-").isdigit():
        return int(text)
    if text.startswith("(") and text.endswith(")"):  # a tuple as the language writes it
        parts = [part for part in text[1:-1].split(",") if part.strip()]
        return tuple(plain(Scalar(tree.span, part.strip(), True)) for part in parts)
    return tree.text


def _items(tree: Tree) -> list[Tree]:
    return list(tree.items) if isinstance(tree, Sequence) else [tree]


def _words(tree: Tree) -> list[str]:
    """Names in a list, or in one text with spaces or commas between them."""
    words: list[str] = []
    for item in _items(tree):
        if not isinstance(item, Scalar):
            raise NotAnAnswer("a list of names")
        words += item.text.replace(",", " ").split()
    return words


def _fraction(tree: Tree) -> Fraction:
    if isinstance(tree, Scalar) and len(tree.text) <= LONGEST and "e" not in tree.text.lower():
        try:
            return Fraction(tree.text.replace(" ", ""))
        except (ValueError, ZeroDivisionError):
            pass
    raise NotAnAnswer("a number, as in 12, 4.5 or 13/3")


def _truth(tree: Tree) -> bool:
    if isinstance(tree, Scalar) and tree.text.lower() in TRUE + FALSE:
        return tree.text.lower() in TRUE
    raise NotAnAnswer("`true` or `false`")


# -- comparing: "" if right, else what is wrong ------------------------------------------------


def _outcomes(desk: Desk, tree: Tree, known: list[Any]) -> str:
    given = [plain(item) for item in _items(tree)]
    never = [value for value in given if value not in known or not _same_kind(value, known)]
    if never:
        return f"{', '.join(map(_shown, never[:3]))}: no schedule ends with this"
    missing = len(set(known) - set(given))
    if missing:
        more = "one more value is" if missing == 1 else f"{missing} more values are"
        return f"all of yours can happen, but {more} possible"
    return ""


def _same_kind(value: Any, known: list[Any]) -> bool:
    """Python takes True for 1; the language does not."""
    return any(
        value == other and isinstance(value, bool) == isinstance(other, bool) for other in known
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)[:200]
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= 40 else text[:39] + "…"


def _written(tree: Tree) -> str:
    return _shown(tree.text) if isinstance(tree, Scalar) else "a list"


def _count(desk: Desk, tree: Tree, known: Any) -> str:
    if isinstance(tree, Scalar) and tree.text in ("endless", "infinite"):
        return "" if known == "endless" else "there is an end to them"
    given = _fraction(tree)
    if known == "endless":
        return "there is no end to them: write `endless`"
    if given == known:
        return ""
    return f"{_written(tree)} is not the number of schedules"


def _yes_or_no(desk: Desk, tree: Tree, known: bool) -> str:
    return "" if _truth(tree) == known else f"`{str(not known).lower()}` is wrong"


def _number(desk: Desk, tree: Tree, known: Fraction) -> str:
    given = _fraction(tree)
    if given == known or (known.denominator != 1 and abs(given - known) <= NEAR):
        return ""
    return f"{_written(tree)} is not the value"


def _timeline(desk: Desk, tree: Tree, known: list[str]) -> str:
    given = _words(tree)
    while len(given) > len(known) and given[-1] == "idle":
        given.pop()
    for tick, (mine, right) in enumerate(zip(given, known, strict=False)):
        if mine != right:
            return f"at tick {tick} it is not `{_shown(mine)}`"
    if len(given) != len(known):
        few = "there is more to come" if len(given) < len(known) else "it is over by then"
        return f"right up to tick {min(len(given), len(known)) - 1}, but {few}"
    return ""


def _way(desk: Desk, tree: Tree, known: Any) -> str:
    made = scenario(desk, [])
    assert made.program is not None
    names = _words(tree)
    if len(names) > 1000:
        raise NotAnAnswer("a list of at most 1000 names")
    return follow(made.program, names)


_JUDGES: dict[str, Callable[[Desk, Tree, Any], str]] = {
    "outcomes": _outcomes,
    "schedules": _count,
    "flaw": _yes_or_no,
    "holds": _yes_or_no,
    "metric": _number,
    "timeline": _timeline,
    "reach": _way,
}
