"""Slips that show as a sign in the wrong place."""

from __future__ import annotations

from conclang.syntax.keywords import STATEMENT_STARTS
from conclang.syntax.slips_sight import Edit, Mend, Sight

CONDITIONS = ("IF", "WHILE", "ASSERT", "EXPECT", "MODE", "_TIMED")
BRACKETED = "put both sides into parentheses"


def increment(see: Sight) -> Mend | None:
    """`x++`, `x--`, `++x`."""
    at = see.at
    first, sign = -1, ""
    if see.kind(at) == "PLUS" and see.kind(at - 1) == "PLUS" and see.adjacent(at):
        first, sign = at - 1, "+"
    elif see.kind(at) == "PLUS" and see.kind(at + 1) == "PLUS" and see.adjacent(at + 1):
        return _prefixed(see)
    elif see.ends(at) and see.kind(at - 1) == see.kind(at - 2) == "MINUS" and see.adjacent(at - 1):
        first, sign = at - 2, "-"
    if first <= see.start:
        return None
    target = see.text(see.start, first)
    message = f"there is no `{sign * 2}`"
    if see.context != "statement" or not see.ends(first + 2) or see.has("ASSIGN") >= 0:
        help = "change the variable in a statement of its own: `x += 1`"
        return see.mend("CL0218", see.span(first, first + 2), message, help)
    edit = Edit(first, first + 2, (f"{sign}=", "ERR"))
    help = f"write `{target} {sign}= 1`"
    return see.mend("CL0218", see.span(first, first + 2), message, help, edit)


def _prefixed(see: Sight) -> Mend | None:
    at = see.at
    if not see.is_name(at + 2):
        return None
    name = see.word(at + 2)
    edits = (Edit(at + 3, at + 3, ("+=", "ERR")), Edit(at, at + 2)) if see.fresh else ()
    help = f"write `{name} += 1`, in a statement of its own"
    return see.mend("CL0218", see.span(at, at + 2), "there is no `++`", help, *edits)


def unary_plus(see: Sight) -> Mend | None:
    """`x =+ 1` and `+1`."""
    at = see.at
    if see.kind(at) != "PLUS" or not see.fits("INT"):
        return None
    if see.kind(at - 1) == "ASSIGN" and see.adjacent(at) and not see.adjacent(at + 1):
        edit = Edit(at - 1, at + 1, ("+=",))
        help = "write `+=` to add, or leave out the `+`"
        return see.mend("CL0219", see.span(at - 1, at + 1), "`=+` is not `+=`", help, edit)
    help = "leave it out"
    return see.mend("CL0255", see.span(at), "a `+` needs a left side", help, Edit(at, at + 1))


def equals_in_condition(see: Sight) -> Mend | None:
    """`if x = 1 {`."""
    at = see.at
    if see.kind(at) != "ASSIGN" or see.fresh:
        return None
    if see.kind(see.start) in CONDITIONS or _in_condition(see):
        left = see.text(_condition_start(see) + 1, at)
        right = see.text(at + 1, _operand_end(see, at + 1))
        edit = Edit(at, at + 1, ("==",))
        help = f"write `{left} == {right}`" if right else "write `==`"
        message = "`=` changes a variable; a comparison is written `==`"
        return see.mend("CL0217", see.span(at), message, help, edit)
    return None


def _condition_start(see: Sight) -> int:
    """The word before the condition that the token at hand is in."""
    token = see.at - 1
    joints = (*CONDITIONS, "AND", "OR", "NOT", "LPAR", "LBRACE", "RBRACE", "_SEP", "_OUTCOMES")
    while token > see.start and see.kind(token) not in joints:
        token -= 1
    return token


def _in_condition(see: Sight) -> bool:
    token = see.at - 1
    while token > see.start and see.kind(token) not in ("LBRACE", "RBRACE", "_SEP"):
        if see.kind(token) in ("IF", "WHILE"):
            return True
        token -= 1
    return False


def _operand_end(see: Sight, token: int) -> int:
    """Behind a short operand: up to the next word that is not part of a value."""
    stop = ("LBRACE", "RBRACE", "_SEP", "$END", "AND", "OR", "COMMA", "RPAR", "ASSIGN")
    first = token
    while see.kind(token) not in stop and token < first + 6:
        token += 1
    return token


def second_equals(see: Sight) -> Mend | None:
    """`x = y = 0`, `let x = a = b`, `f(x = 1)`."""
    at = see.at
    if see.kind(at) != "ASSIGN" or see.context != "statement" or see.fresh:
        return None
    before = see.has("ASSIGN")
    if before < 0 or see.kind(see.start) == "FOR":
        return None
    stop = see.line_end(at)
    help = "assign one variable per statement; a comparison is written `==`"
    edit = (
        Edit(before + 1, stop, ("ERR",))
        if see.kind(stop) != "LBRACE"
        else Edit(at, at + 1, ("==",))
    )
    return see.mend("CL0252", see.span(at), "only one `=` in a statement", help, edit)


def named_argument(see: Sight) -> Mend | None:
    """`f(x = 1)`, `f(x: 1)`, and `round_robin(quantum = 2)`."""
    at = see.at
    sign = see.kind(at)
    if sign not in ("ASSIGN", "COLON") or not see.is_name(at - 1):
        return None
    if see.kind(at - 2) not in ("LPAR", "COMMA"):
        return None
    name = see.word(at - 1)
    if sign == "ASSIGN" and see.fits("COLON"):
        edit = Edit(at, at + 1, (":",))
        help = f"write `{name}: …`"
        return see.mend("CL0246", see.span(at), "a policy's arguments take `:`", help, edit)
    if see.reader._open_bracket("(") < 0 or see.kind(see.start) in ("FN", "FOR", "LET"):
        return None
    message = "arguments of a function have no names"
    help = "leave out the name: arguments go by their order"
    return see.mend("CL0259", see.span(at - 1, at + 1), message, help, Edit(at - 1, at + 1))


def arrow_as_comparison(see: Sight) -> Mend | None:
    """`if a <-1 {`: read as the channel arrow."""
    at = see.at
    if see.kind(at) != "ARROW" or see.fresh:
        return None
    right = see.text(at + 1, _operand_end(see, at + 1)) or "b"
    left = see.text(at - 1, at)
    help = f"for a comparison write `{left} < -{right}`"
    message = "`<-` is the channel arrow, which does not fit here"
    if see.kind(see.start) == "LET" or see.context == "declaration":
        help += "; to send, write a statement of its own"
    return see.mend("CL0220", see.span(at), message, help, Edit(at, at + 1, ("<", "-")))


def conditional(see: Sight) -> Mend | None:
    """`c ? a : b` and Python's `a if c else b`."""
    at = see.at
    if see.word(at) == "?":
        stop = _bracket_or_line_end(see, at)
        message = "there is no conditional expression `? :`"
        help = "write `if … { x = a } else { x = b }`"
        return see.mend("CL0221", see.span(at), message, help, Edit(at, stop))
    if see.kind(at) == "IF" and not see.fresh and see.kind(at - 1) not in ("ELSE",):
        stop = see.line_end(at)
        if any(see.kind(token) == "ELSE" for token in range(at, stop)):
            message = "there is no conditional expression `a if c else b`"
            help = "write `if c { x = a } else { x = b }`"
            return see.mend("CL0221", see.span(at), message, help, Edit(at, stop))
    return None


def _bracket_or_line_end(see: Sight, token: int) -> int:
    depth = 0
    while see.kind(token) not in ("_SEP", "RBRACE", "LBRACE", "$END"):
        if see.kind(token) in ("LPAR", "LSQB"):
            depth += 1
        elif see.kind(token) in ("RPAR", "RSQB"):
            if depth == 0:
                return token
            depth -= 1
        token += 1
    return token


def thin_arrow(see: Sight) -> Mend | None:
    """`fn f(a) -> int {` and `a->b`."""
    at = see.at
    if see.word(at) != "->":
        return None
    if see.kind(see.start) == "FN":
        stop = at + 1
        while see.kind(stop) not in ("LBRACE", "COLON", "_SEP", "RBRACE", "$END"):
            stop += 1
        message = "a function does not declare the type of its result"
        help = f"leave out `{see.text(at, stop)}`"
        return see.mend("CL0225", see.span(at, stop), message, help, Edit(at, stop))
    if (
        see.context == "statement"
        and see.is_name(at - 1)
        and see.ends(at + 2)
        and not see.has("ASSIGN") > 0
    ):
        help = f"to send, write `{see.word(at - 1)} <- {see.word(at + 1)}`"
        message = "the channel arrow points from the message to the channel: `<-`"
        return see.mend("CL0215", see.span(at), message, help, Edit(at, at + 1, ("<-",)))
    if see.kind(see.start) == "EXPECT":
        return None
    help = "write `.`" if see.is_name(at + 1) else "leave it out"
    new = (".",) if see.is_name(at + 1) else ()
    return see.mend("CL0215", see.span(at), "`->` means nothing here", help, Edit(at, at + 1, new))


def type_annotation(see: Sight) -> Mend | None:
    """`let x: int = 0`, `fn f(a: int)`, `shared x: int`."""
    at = see.at
    if see.kind(at) != "COLON" or not see.is_name(at - 1) or not see.is_name(at + 1):
        return None
    if see.kind(see.start) not in ("LET", "SHARED", "ATOMIC", "CONST", "FN"):
        return None
    stop = at + 2
    while see.kind(stop) in ("LSQB", "RSQB", "INT", "LESS", "GREATER"):
        stop += 1
    help = f"leave out `{see.text(at, stop)}`"
    message = "types are not written: they follow from the values"
    return see.mend("CL0225", see.span(at, stop), message, help, Edit(at, stop))


def setting_sign(see: Sight) -> Mend | None:
    """`cores = 2`, `cores: 2`, `cores 2, scheduler fifo` in a processor; `priority = 3`."""
    at = see.at
    sign = see.word(at)
    if sign not in ("=", ":", ","):
        return None
    if see.context == "setting" or (see.fresh and see.reader.context() == "setting"):
        message = f"settings are written without `{sign}`"
        if sign == ",":
            help = "leave it out; settings stand on lines of their own or side by side"
        else:
            help = f"write `{see.word(at - 1)} {see.text(at + 1, at + 2)}`"
        return see.mend("CL0246", see.span(at), message, help, Edit(at, at + 1))
    if see.kind(see.start) == "THREAD" and see.has("WITH") >= 0 and sign != ",":
        help = f"write `{see.word(at - 1)} {see.text(at + 1, at + 2)}`"
        message = f"attributes are written without `{sign}`"
        return see.mend("CL0245", see.span(at), message, help, Edit(at, at + 1))
    return None


def hyphen(see: Sight) -> Mend | None:
    """`scheduler round-robin`."""
    at = see.at
    if see.kind(at) != "MINUS" or see.kind(at - 2) != "SCHEDULER" or not see.is_name(at + 1):
        return None
    name = f"{see.word(at - 1)}_{see.word(at + 1)}"
    see.reader.builder.meant[see.reader.starts[at - 1]] = name
    span = see.span(at - 1, at + 2)
    edit = Edit(at - 1, at + 2, ("NAME",))
    return see.mend("CL0207", span, "names have no `-` in them", f"write `{name}`", edit)


def comma(see: Sight) -> Mend | None:
    """`a, b = b, a`, `let a, b = …`, `lock a, b`, `return a, b`, `print "x", y`."""
    at = see.at
    if see.kind(at) != "COMMA" or see.fresh:
        return None
    start = see.kind(see.start)
    if start == "LET":
        return _let_several(see)
    if see.context == "declaration":
        return _several_declared(see)
    if see.context != "statement" or see.reader._open_bracket("(") >= 0:
        return None
    stop = see.line_end(at)
    if start == "PRINT":
        help = 'put the value into the text: `print "x = {x}"`'
        message = "`print` takes one value"
        return see.mend("CL0252", see.span(at), message, help, Edit(at, stop))
    if start == "RETURN":
        values = see.text(see.start + 1, stop)
        edits = (Edit(stop, stop, (")",)), Edit(see.start + 1, see.start + 1, ("(",)))
        message = "several values are returned as a tuple"
        return see.mend("CL0252", see.span(at), message, f"write `return ({values})`", *edits)
    if see.word(see.start) in STATEMENT_STARTS and start != "FOR":
        word, other = see.word(see.start), see.text(at + 1, stop)
        message = f"`{word}` is about one thing at a time"
        help = f"write `{word} {other}` in a statement of its own"
        return see.mend("CL0252", see.span(at), message, help, Edit(at, stop))
    if see.is_name(see.start):
        message = "only one variable can be assigned at a time"
        help = "write one statement each; `let (a, b) = …` takes a tuple apart"
        return see.mend("CL0252", see.span(at), message, help, Edit(see.start, stop, ("ERR",)))
    return None


def _let_several(see: Sight) -> Mend | None:
    stop = see.at
    if see.has("ASSIGN") >= 0:
        help = f"write `let {see.text(stop + 1, see.line_end(stop))}` in a statement of its own"
        edit = (
            Edit(stop, stop + 1, ("_SEP", "let"))
            if see.is_name(stop + 1)
            else Edit(stop, see.line_end(stop))
        )
        return see.mend("CL0252", see.span(stop), "one `let` makes one variable", help, edit)
    while see.is_name(stop) or see.kind(stop) == "COMMA":
        stop += 1
    if see.kind(stop) != "ASSIGN" or not see.is_name(see.start + 1):
        return None
    names = see.text(see.start + 1, stop)
    edits = (Edit(stop, stop, (")",)), Edit(see.start + 1, see.start + 1, ("(",)))
    message = "several names are written in parentheses"
    return see.mend("CL0252", see.span(see.at), message, f"write `let ({names}) = …`", *edits)


def _several_declared(see: Sight) -> Mend | None:
    at = see.at
    if not see.is_name(at + 1) or see.reader._open_bracket("(") >= 0:
        return None
    if see.kind(see.start) in ("THREAD", "FN", "EXPECT") or see.has("WITH") >= 0:
        return None
    word = see.word(see.start)
    help = f"write `{word} {see.word(at + 1)}` on a line of its own"
    edit = Edit(at, at + 1, ("_SEP", see.start))
    return see.mend("CL0252", see.span(at), "one declaration makes one thing", help, edit)


def prefixed_text(see: Sight) -> Mend | None:
    """`print f"x = {x}"`."""
    at = see.at
    if see.kind(at) != "STRING" or not see.adjacent(at) or see.kind(at - 1) != "NAME":
        return None
    prefix = see.word(at - 1)
    if prefix.lower() not in ("f", "r", "b", "u", "rf", "fr"):
        return None
    message = f'there are no `{prefix}"…"` texts'
    help = "leave out the letter: `print` and assert messages put `{x}` in by themselves"
    return see.mend("CL0238", see.span(at - 1), message, help, Edit(at - 1, at))


SIGN_RULES = (
    increment,
    unary_plus,
    hyphen,
    named_argument,
    setting_sign,
    equals_in_condition,
    second_equals,
    conditional,
    thin_arrow,
    type_annotation,
    prefixed_text,
    comma,
    arrow_as_comparison,
)
