"""What `conclang explain` says about words of the language: policies, metrics, keywords …

Each comes from the table that defines it.
"""

from __future__ import annotations

from conclang.ir.policy_spec import ArgumentRule, PolicyRule


def explain_word(word: str) -> str:
    """A paragraph or two, or nothing if no table has the word."""
    parts = [_policy(word), _metric(word), _attribute(word), _keyword(word)]
    return "\n\n".join(part for part in parts if part)


def known_words() -> list[str]:
    """Every word that `explain_word` knows."""
    from conclang.ir.metrics import SYSTEM, THREAD
    from conclang.ir.policy_spec import POLICIES
    from conclang.semantics.attributes import ATTRIBUTES
    from conclang.syntax.keywords import WORDS

    return [*POLICIES, *SYSTEM, *THREAD, *ATTRIBUTES, *(word.text for word in WORDS)]


def _policy(word: str) -> str:
    from conclang.ir.policy_spec import POLICIES

    rule = POLICIES.get(word)
    if rule is None:
        return ""
    lines = [f"{word} (scheduling policy): {rule.summary}."]
    lines += [f"  {argument.name}: {_argument(argument)}" for argument in rule.arguments]
    return "\n".join([*lines, f"  as in: scheduler {_usage(rule)}"])


def _argument(rule: ArgumentRule) -> str:
    if rule.required:
        return f"{rule.summary} (required)"
    if rule.default is None:
        return rule.summary
    shown = str(rule.default).lower() if isinstance(rule.default, bool) else str(rule.default)
    return f"{rule.summary} (default {shown})"


def _usage(rule: PolicyRule) -> str:
    first = next((a for a in rule.arguments if str(a.kind) == "int"), None)
    return f"{rule.name}({first.name}: {max(first.minimum, 2)})" if first else rule.name


def _metric(word: str) -> str:
    from conclang.ir.metrics import SYSTEM, THREAD

    if word in SYSTEM:
        return f"{word} (metric of a run): {SYSTEM[word]}.\n  as in: expect timed {word} <= 10"
    if word in THREAD:
        usage = f"expect timed {word}(alice) <= 10"
        return f"{word} (metric of a thread): {THREAD[word]}.\n  as in: {usage}"
    return ""


def _attribute(word: str) -> str:
    from conclang.semantics.attributes import ATTRIBUTES

    rule = ATTRIBUTES.get(word)
    if rule is None:
        return ""
    value = " 1" if rule.value == "int" else ""
    usage = rule.example or f"{word}{value}"
    return f"{word} (attribute of a thread): {rule.summary}.\n  as in: thread alice with {usage}"


def _keyword(word: str) -> str:
    from conclang.syntax.keywords import WORDS

    found = [
        f"{row.text} (word of the language): {row.sentence}." for row in WORDS if row.text == word
    ]
    return "\n".join(found)
