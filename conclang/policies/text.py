"""A policy from the command line: the text of a `scheduler` line as a spec.

    round_robin(quantum: 2)    round_robin(2)    mlfq(levels: 2, quanta: [4, 8], boost: never)
    partitioned(round_robin(2))    script [alice, bob, p[0]]

In a scenario the text wing reads policies, with places and all; here a line is all there is. Names,
ranges and defaults come from the one table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from conclang.diagnostics.spelling import did_you_mean
from conclang.ir.policy_spec import (
    POLICIES,
    ArgumentKind,
    ArgumentRule,
    PolicyRule,
    PolicySpec,
    PolicyValue,
    policy_spec,
)
from conclang.ir.program import Program


class PolicyTextError(ValueError):
    """A text that is no policy; the message says what is wrong."""


_TOKEN = re.compile(r"\s*(?:(?P<number>\d+)|(?P<name>[A-Za-z_]\w*)|(?P<mark>[()\[\],:.\-]))")
DEEPEST = 8


def parse_policy(text: str) -> PolicySpec:
    """The spec a text says."""
    reader = _Reader(text)
    spec = reader.policy(0)
    if reader.peek():
        raise PolicyTextError(f"`{reader.peek()}` after the policy {spec.name} is too much")
    return spec


def parse_policies(text: str) -> list[PolicySpec]:
    """Several, with `;` between them."""
    return [parse_policy(part) for part in text.split(";") if part.strip()]


def unfit(spec: PolicySpec, program: Program) -> str:
    """Why this policy cannot run that program; "" if it can."""
    rule = POLICIES[spec.name]
    if rule.needs_burst:
        for thread in program.threads:
            if thread.attributes.burst is None and thread.attributes.countable_work is None:
                return (
                    f"{spec.name} needs to know how long {thread.name} will run: give it a `burst`"
                )
    inner = spec.get("policy")
    if isinstance(inner, PolicySpec):
        return unfit(inner, program)
    order = spec.get("order")
    if isinstance(order, tuple):
        names = [thread.name for thread in program.threads]
        for name in order:
            if name not in names and "#" not in str(name):
                return f"there is no thread {name}{_meant(str(name), names)}"
    return ""


def _meant(word: str, names: Iterable[str]) -> str:
    question = did_you_mean(word, names)
    return f"; {question}" if question else ""


class _Reader:
    """Reads one policy, token by token."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        at = 0
        text = text.strip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise PolicyTextError(f"`{text[at : at + 10].strip()}` has no meaning in a policy")
            self.tokens.append(match.group().strip())
            at = match.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if wanted and token != wanted:
            found = f"not `{token}`" if token else "but the text ends"
            raise PolicyTextError(f"a policy needs `{wanted}` here, {found}")
        self.at += 1
        return token

    def policy(self, depth: int) -> PolicySpec:
        if depth > DEEPEST:
            raise PolicyTextError("policies are nested too deeply")
        name = self.take()
        rule = POLICIES.get(name)
        if rule is None:
            shown = f"no policy `{name}`" if name else "no policy in an empty text"
            raise PolicyTextError(f"there is {shown}{_meant(name, POLICIES) if name else ''}")
        given: dict[str, PolicyValue] = {}
        if rule.name == "script" and self.peek() == "[":
            given["order"] = self.threads()
        elif self.peek() == "(":
            self.take("(")
            while self.peek() != ")":
                self.argument(rule, given, depth)
                if self.peek() == ",":
                    self.take(",")
                elif self.peek() != ")":
                    self.take(")")
            self.take(")")
        self.complete(rule, given)
        return policy_spec(rule.name, **given)

    def argument(self, rule: PolicyRule, given: dict[str, PolicyValue], depth: int) -> None:
        """`quantum: 2`, or the first argument without its name."""
        rows = {row.name: row for row in rule.arguments}
        if not rows:
            raise PolicyTextError(f"{rule.name} takes no arguments")
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ""
        if following == ":":
            name = self.take()
            self.take(":")
        else:
            name = rule.arguments[0].name
        row = rows.get(name)
        if row is None:
            raise PolicyTextError(f"{rule.name} has no argument `{name}`{_meant(name, rows)}")
        if name in given:
            raise PolicyTextError(f"`{name}` is given twice")
        given[name] = self.value(row, depth)

    def complete(self, rule: PolicyRule, given: dict[str, PolicyValue]) -> None:
        for row in rule.arguments:
            if row.required and row.name not in given:
                raise PolicyTextError(f"{rule.name} needs `{row.name}`: {row.summary}")
        quanta, levels = given.get("quanta"), given.get("levels")
        if isinstance(quanta, tuple) and isinstance(levels, int) and len(quanta) != levels:
            raise PolicyTextError(f"{levels} levels need {levels} quanta, not {len(quanta)}")

    def value(self, row: ArgumentRule, depth: int) -> PolicyValue:
        if row.off and self.peek() in ("off", "never"):
            self.take()
            return None
        if row.kind is ArgumentKind.INT:
            return self.number(row)
        if row.kind is ArgumentKind.BOOL:
            word = self.take()
            if word not in ("true", "false"):
                raise PolicyTextError(f"`{row.name}` is true or false, not `{word}`")
            return word == "true"
        if row.kind is ArgumentKind.INTS:
            self.take("[")
            numbers = [self.number(row)]
            while self.peek() == ",":
                self.take(",")
                numbers.append(self.number(row))
            self.take("]")
            return tuple(numbers)
        if row.kind is ArgumentKind.POLICY:
            return self.policy(depth + 1)
        return self.threads()

    def number(self, row: ArgumentRule) -> int:
        word = self.take()
        if not word.isdigit() or len(word) > 18:
            raise PolicyTextError(f"`{row.name}` is a number, not `{word[:20]}`")
        number = int(word)
        if not row.minimum <= number <= row.maximum:
            raise PolicyTextError(
                f"`{row.name}` is {row.minimum} to {row.maximum}, not {number}"
                if row.maximum < 2**31 - 1
                else f"`{row.name}` is at least {row.minimum}, not {number}"
            )
        return number

    def threads(self) -> tuple[str, ...]:
        """`[alice, p[0], web.worker]`"""
        self.take("[")
        names = []
        while self.peek() != "]":
            names.append(self.thread())
            if self.peek() != ",":
                break
            self.take(",")
        self.take("]")
        return tuple(names)

    def thread(self) -> str:
        name = self.take()
        if not name or not (name[0].isalpha() or name[0] == "_"):
            raise PolicyTextError(f"`{name}` is no name of a thread")
        while self.peek() == ".":
            name += self.take(".") + self.take()
        if self.peek() == "[":
            name += self.take("[") + self.take() + self.take("]")
        return name
