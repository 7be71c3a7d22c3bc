"""Slips of people who come from other languages, found where a token does not fit.

Each rule looks at the statement in question (a `Sight`) and either passes or says what the slip is
and which tokens were meant. The rules are plain functions, grouped by what one sees; the first that
recognises something wins, so the more special ones stand first. A new slip is one function and its
name in a list.

What still reads as a sentence of the language (`acquire(m)`, `for i in range(n)`) is not found here
but where its node is made: `slips_meaning`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from conclang.syntax.slips_blocks import BLOCK_RULES, mend_elif
from conclang.syntax.slips_expect import EXPECT_RULES
from conclang.syntax.slips_habits import HABIT_RULES
from conclang.syntax.slips_headers import HEADER_RULES
from conclang.syntax.slips_lines import LINE_RULES
from conclang.syntax.slips_operations import OPERATION_RULES
from conclang.syntax.slips_sight import Mend, Sight
from conclang.syntax.slips_signs import SIGN_RULES
from conclang.syntax.slips_spelling import SPELLING_RULES, other_case
from conclang.syntax.slips_verbs import VERB_RULES
from conclang.syntax.slips_words import WORD_RULES, nested_declaration

if TYPE_CHECKING:
    from conclang.syntax.recover import Recovery

Rule = Callable[[Sight], Mend | None]

RULES: tuple[Rule, ...] = (
    other_case,
    nested_declaration,
    *HABIT_RULES,
    *VERB_RULES,
    *LINE_RULES,
    *EXPECT_RULES,
    *SIGN_RULES,
    *HEADER_RULES,
    *BLOCK_RULES,
    *OPERATION_RULES,
    *WORD_RULES,
    *SPELLING_RULES,
)


def before(recovery: Recovery) -> None:
    """What is best put right before reading: `elif` would end the `if` before it is noticed."""
    mend_elif(recovery)


def find(recovery: Recovery) -> Mend | None:
    """The slip at the token at hand, if it is one."""
    sight = Sight.of(recovery)
    for rule in RULES:
        mend = rule(sight)
        if mend is not None and sight.possible(mend):
            return mend
    return None
