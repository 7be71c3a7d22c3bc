"""Blocks without braces: Python's colon and indentation, C's single statement, `then`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conclang.diagnostics.diagnostic import Diagnostic, Fix
from conclang.syntax.keywords import STATEMENT_STARTS
from conclang.syntax.slips_sight import Edit, Mend, Sight

if TYPE_CHECKING:
    from conclang.syntax.recover import Recovery

HEADERS = (
    "IF WHILE LOOP REPEAT FOR LOCK ATOMIC THREAD FN READ WRITE SECTION SELECT PROCESS PROCESSOR "
    "RUNTIME CASE AFTER DEFAULT ELSE"
).split()
FILLERS = ("then", "do", "times", "begin")
ELIFS = ("elif", "elsif", "elseif", "elsf")


def mend_elif(reader: Recovery) -> None:
    """`} elif c {`: made `else if` before reading, because it would end the `if`."""
    words = reader.words
    token = 0
    while token + 1 < len(reader.kinds):
        token += 1
        if reader.kinds[token] != words.name or reader.word(token) not in ELIFS:
            continue
        before = token - 1 if reader.kinds[token - 1] != words.separator else token - 2
        if before < 0 or reader.kinds[before] != words.rbrace:
            continue
        span = reader.span(token, token + 1)
        reader.say(
            Diagnostic(
                "CL0228",
                f"`{reader.word(token)}` is written `else if`",
                span,
                helps=("write `else if`",),
                fix=Fix(span, "else if"),
            )
        )
        reader.edit(Edit(before + 1, token + 1, ("else", "if")))


def colon(see: Sight) -> Mend | None:
    """`if x == 1:` and the block by its indentation."""
    at = see.at
    if see.kind(at) != "COLON" or not _heads(see):
        return None
    code, message = "CL0226", "a block stands between `{` and `}`, not after `:`"
    if see.context == "arm" or see.kind(see.start) in ("CASE", "AFTER", "DEFAULT"):
        code, message = "CL0253", "the statements of an arm stand between `{` and `}`"
    help = f"write `{_header(see)} {{ … }}`"
    edits = _braces(see.reader, see.start, at, at + 1)
    return see.mend(code, see.span(at), message, help, *edits)


def _header(see: Sight) -> str:
    """The text of the header before the token at hand: `else if x == 2`."""
    first = see.at
    while first > see.start and see.kind(first - 1) not in ("LBRACE", "RBRACE"):
        first -= 1
    text = see.text(first, see.at)
    word = text.split(" ", 1)[0]
    return "else if" + text[len(word) :] if word in ELIFS else text


def _heads(see: Sight) -> bool:
    return (
        not see.fresh
        and (see.kind(see.start) in HEADERS or see.kind(see.at - 1) == "ELSE")
        and see.fits("LBRACE")
    )


def no_brace(see: Sight) -> Mend | None:
    """A header that goes on with its first statement."""
    at = see.at
    if see.fresh or not see.fits("LBRACE"):
        return None
    filler = see.word(at) in FILLERS
    if filler and see.kind(at + 1) in ("LBRACE", "_SEP", "COLON"):
        word = see.word(at)
        message = f"there is no word `{word}` here"
        new = _braces(see.reader, see.start, at, at + 1)
        edits = (Edit(at, at + 1),) if see.kind(at + 1) != "_SEP" else new
        return see.mend("CL0227", see.span(at), message, "write `{`", *edits)
    if filler and see.kind(see.start) in HEADERS and not see.ends(at + 1):
        word, edits = see.word(at), _braces(see.reader, see.start, at, at + 1)
        message = f"a block stands between `{{` and `}}`, not after `{word}`"
        return see.mend("CL0227", see.span(at), message, f"write `{_header(see)} {{ … }}`", *edits)
    after_else = see.kind(at - 1) == "ELSE"
    if not (see.kind(see.start) in HEADERS or after_else) or not _goes_on(see):
        return None
    first = _header(see)
    message = "a block stands between `{` and `}`, even if it is one statement"
    span = see.span(at)
    return see.mend(
        "CL0227", span, message, f"write `{first} {{ … }}`", *_braces(see.reader, see.start, at, at)
    )


def _goes_on(see: Sight) -> bool:
    """Is what follows the header a statement, or an indented line?"""
    at, reader = see.at, see.reader
    if see.context == "statement" and see.word(see.start) in ("section", "read", "write"):
        return False
    if see.kind(at) == "_SEP":
        if see.kind(see.start) == "LOCK" and not _indented(reader, see.start, at + 1):
            return False
        return see.kind(at + 1) not in ("$END", "RBRACE")
    starters = reader.words.starters
    if reader.kinds[at] in starters:
        return True
    if see.word(at) in STATEMENT_STARTS:
        return True
    after = ("ASSIGN", "PLUS_ASSIGN", "MINUS_ASSIGN", "ARROW", "LPAR", "LSQB", "PLUS")
    return see.is_name(at) and see.kind(at + 1) in after


def _indented(reader: Recovery, header: int, token: int) -> bool:
    return reader.starts_line(token) and reader.indent(token) > reader.indent(header)


def _braces(reader: Recovery, header: int, first: int, body: int) -> tuple[Edit, ...]:
    """Edits that put `{` in the place of tokens first … body, and `}` where the block ends."""
    kinds = reader.kinds
    if reader.kind(body) == "_SEP":
        body += 1
    if body < len(kinds) - 1 and not reader.same_line(
        body - 1 if body > first else first - 1, body
    ):
        stop = _dedent(reader, header, body)
    else:
        stop = reader.line_end(body)
        if reader.kind(stop) == "LBRACE":
            stop = _closing_brace(reader, stop)
    opening = Edit(first, body, ("{",))
    closed = reader.kind(stop) == "RBRACE" and reader.starts_line(stop)
    if closed and reader.indent(stop) >= reader.indent(header) and _unbalanced(reader, body, stop):
        return (opening,)
    if reader.word(stop) in ELIFS:
        return (Edit(_before_separator(reader, stop, body), stop + 1, ("}", "else", "if")), opening)
    place = _before_separator(reader, stop, body)
    return (Edit(place, place, ("}",)), opening)


def _before_separator(reader: Recovery, stop: int, body: int) -> int:
    return stop - 1 if stop > body and reader.kind(stop - 1) == "_SEP" else stop


def _unbalanced(reader: Recovery, first: int, stop: int) -> bool:
    """Is the `}` at `stop` on the column of the block that a `{` was forgotten for?"""
    opener = reader.opened[-1][0] if reader.opened else -1
    return opener < 0 or reader.indent(stop) > reader.indent(opener)


def _dedent(reader: Recovery, header: int, body: int) -> int:
    """The first token of the first line that is not further right than the header's."""
    limit = reader.indent(header)
    for token in range(body, len(reader.kinds) - 1):
        if reader.kind(token) == "_SEP" or not reader.starts_line(token):
            continue
        if reader.indent(token) <= limit:
            return token
    return len(reader.kinds) - 1


def _closing_brace(reader: Recovery, opener: int) -> int:
    """Behind the block that starts here."""
    depth = 0
    for token in range(opener, len(reader.kinds)):
        kind = reader.kind(token)
        depth += (kind == "LBRACE") - (kind == "RBRACE")
        if depth == 0 or kind == "$END":
            return min(token + 1, len(reader.kinds) - 1)
    return len(reader.kinds) - 1


def lock_without_block(see: Sight) -> Mend | None:
    """`lock m` as a statement of its own, as in `m.lock()`."""
    at = see.at
    if see.kind(see.start) != "LOCK" or see.context != "statement" or not see.ends(at):
        return None
    if see.fresh or not see.fits("LBRACE") or see.reader._outdented_declaration() >= 0:
        return None
    if see.kind(at) == "_SEP" and _indented(see.reader, see.start, at + 1):
        return None
    name = see.text(see.start + 1, at).strip("()")
    help = f"write `lock {name} {{ … }}`, or `acquire {name}` and later `release {name}`"
    edits: tuple[Edit, ...] = (Edit(see.start, see.start + 1, ("acquire",)),)
    if see.kind(see.start + 1) == "LPAR":
        edits = (Edit(at - 1, at), Edit(see.start, see.start + 2, ("acquire",)))
    message = "`lock` needs the block during which the lock is held"
    return see.mend("CL0233", see.span(see.start, at), message, help, *edits)


def with_lock(see: Sight) -> Mend | None:
    """`with m {`, `with lock m {`, `with m:`, `synchronized (m) {`."""
    at = see.at
    if see.context != "statement":
        return None
    if see.kind(at) == "WITH" and see.fresh:
        first = at
    elif see.word(see.start) in ("synchronized", "using", "locked") and not see.fresh:
        first = see.start
    else:
        return None
    after = first + (2 if see.kind(first + 1) == "LOCK" else 1)
    name = see.word(after + 1) if see.kind(after) == "LPAR" else see.word(after)
    message = "a lock is held for a block with `lock`"
    edit = Edit(first, after, ("lock",))
    help = f"write `lock {name} {{ … }}`"
    return see.mend("CL0233", see.span(first), message, help, edit)


BLOCK_RULES = (with_lock, lock_without_block, colon, no_brace)
