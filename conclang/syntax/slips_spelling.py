"""Misspelt words of the language, and words of the language used as names."""

from __future__ import annotations

from conclang.diagnostics.spelling import suggestion
from conclang.syntax.keywords import DECLARATION_STARTS, RESERVED, STATEMENT_STARTS
from conclang.syntax.slips_sight import Edit, Mend, Sight

ARM_WORDS = {"timeout": "after", "otherwise": "default", "else": "default", "when": "case"}


def keyword_after_dot(see: Sight) -> Mend | None:
    """`m.lock()`: read on; the call itself is answered where it is made."""
    at = see.at
    if see.kind(at - 1) != "DOT" or see.word(at) not in RESERVED:
        return None
    return Mend("CL0232", None, (Edit(at, at + 1, ("NAME",)),))


def other_case(see: Sight) -> Mend | None:
    """`While`, `AND`, `If`."""
    for token in (see.at, see.start):
        word = see.word(token)
        low = word.lower()
        if see.kind(token) != "NAME" or low == word or low not in see.reader.words.words:
            continue
        if token != see.at and not see.fits_at_start(low.upper(), token + 1):
            continue
        if token == see.at and not see.fits(low.upper()):
            continue
        message = "the words of the language are written in small letters"
        edit = Edit(token, token + 1, (low,))
        return see.mend("CL0207", see.span(token), message, f"write `{low}`", edit)
    if see.word(see.at) == "is" and see.fits("EQUAL"):
        edit = Edit(see.at, see.at + 1, ("==",))
        return see.mend("CL0212", see.span(see.at), "`is` is written `==`", "write `==`", edit)
    return None


def misspelt(see: Sight) -> Mend | None:
    """`threed`, `repeet`."""
    if see.kind(see.start) != "NAME" or see.at > see.start + 6:
        return None
    word = see.word(see.start)
    if see.kind(see.start + 1) in ("ASSIGN", "PLUS_ASSIGN", "DOT", "LSQB", "ARROW"):
        return None
    candidates = {"declaration": DECLARATION_STARTS, "statement": STATEMENT_STARTS}.get(see.context)
    if see.context == "arm":
        candidates = ("case", "after", "default")
    if see.context == "setting":
        candidates = ("scheduler", "cost")
    meant = ARM_WORDS.get(word) if see.context == "arm" else None
    meant = meant or suggestion(word, candidates or ())
    if meant is None or not see.fits_at_start(meant.upper(), see.start + 1):
        return None
    if len(word) <= 3 and not see.line_fits(meant.upper()):
        return None
    edit = Edit(see.start, see.start + 1, (meant,))
    message = f"there is no `{word}`"
    return see.mend("CL0207", see.span(see.start), message, f"did you mean `{meant}`?", edit)


NAMING = (
    "LET FOR THREAD FN SHARED ATOMIC LOCK CONST RWLOCK SEMAPHORE CONDITION BARRIER EVENT CHANNEL "
    "DEVICE PROCESS PROCESSOR RUNTIME SECTION LPAR COMMA LSQB"
).split()
AFTER_NAME = ("ASSIGN", "PLUS_ASSIGN", "MINUS_ASSIGN", "STAR_ASSIGN", "DOT", "ARROW")


def keyword_as_name(see: Sight) -> Mend | None:
    """`let lock = 1`, `lock = 2`, `shared work = 0`."""
    at = see.at
    word = see.word(at)
    token = -1
    if word in RESERVED and see.fits("NAME"):
        known = word in see.reader.renamed
        if word == "in" and see.kind(at - 1) == "FOR":
            return None
        if known or (see.kind(at - 1) in NAMING and see.kind(at + 1) != "NAME"):
            token = at
    elif (
        at == see.start + 1
        and see.kind(at) in AFTER_NAME
        and see.word(at - 1) in RESERVED - {"let"}
    ):
        token, word = (at - 1, see.word(at - 1)) if see.fits_at_start("NAME", at) else (-1, word)
    if token < 0:
        return None
    edit = Edit(token, token + 1, ("NAME",))
    if word in see.reader.renamed:
        return Mend("CL0208", None, (edit,))
    see.reader.renamed.add(word)
    message = f"`{word}` is a word of the language and cannot be a name"
    help = f"choose another name, such as `{word}_` or `my_{word}`"
    return see.mend("CL0208", see.span(token), message, help, edit)


SPELLING_RULES = (keyword_after_dot, keyword_as_name, misspelt)
