"""Signs, strings and numbers of other languages, answered while the words are read.

Each is reported and read as what was meant, so the parser never hears of it. What has no meaning
here at all (`?`, a stray character) is left out, or left for the parser to stumble over.
"""

from __future__ import annotations

from conclang.diagnostics.diagnostic import Bag, Diagnostic, Fix
from conclang.diagnostics.source import Span
from conclang.syntax.lexicon import lexicon
from conclang.syntax.tokens import Tokens

SKIP = -1

# sign → (code, read as, message, help); read as "" = leave it out
SIGNS = {
    "&&": ("CL0210", "and", "`&&` is written `and`", "write `and`"),
    "||": ("CL0210", "or", "`||` is written `or`", "write `or`"),
    "!": ("CL0210", "not", "`!` is written `not`", "write `not`"),
    "===": ("CL0212", "==", "`===` is written `==`", "write `==`"),
    "!==": ("CL0212", "!=", "`!==` is written `!=`", "write `!=`"),
    "<>": ("CL0212", "!=", "`<>` is written `!=`", "write `!=`"),
    "**": ("CL0213", "*", "there is no power operator", "multiply: `x * x`"),
    "**=": ("CL0213", "*=", "there is no power operator", "multiply: `x = x * x`"),
    "%%": ("CL0213", "%", "the remainder is written `%`", "write `%`"),
    "...": ("CL0214", "..", "a range is written with two dots", "write `0..n`: 0, 1, … n - 1"),
    "..=": ("CL0214", "..", "ranges leave out their end", "write `0..n + 1` to include `n`"),
    "=>": ("CL0215", "", "`=>` means nothing here", "put statements between `{` and `}`"),
    "&": ("CL0216", "and", "there are no operations on bits", "write `and` for conditions"),
    "|": ("CL0216", "or", "there are no operations on bits", "write `or` for conditions"),
    "^": ("CL0216", "!=", "there are no operations on bits", "compare with `!=`"),
    "~": ("CL0216", "", "there are no operations on bits", "write `not` for conditions"),
}


def mend(bag: Bag, tokens: Tokens, kind: int, span: Span) -> int:
    """Report text that is no word; the kind to read it as, or SKIP to leave it out."""
    name = lexicon().table.terminals[kind]
    text = bag.source.slice(span)
    if name == "SLIP_OPERATOR":
        return _sign(bag, tokens, kind, span, text)
    if name == "SEMICOLON":
        return kind
    return _ANSWERS[name](bag, tokens, span, text)


# ---------------------------------------------------------------------- signs


def _sign(bag: Bag, tokens: Tokens, kind: int, span: Span, text: str) -> int:
    if text == "?":
        return kind  # the parser stops there and sees the whole conditional expression
    if text == ":=":
        return _walrus(bag, tokens, span)
    if text == "->":
        return kind
    if text == "&" and not _after_operand(tokens):
        bag.report("CL0216", span, "there are no references", help="leave out the `&`")
        return SKIP
    if text == "!" and _touches_name(tokens, span):
        name = bag.source.text[tokens.starts[-1] : tokens.ends[-1]]
        help = 'write `print "x = {x}"`' if "print" in name else "leave out the `!`"
        bag.report("CL0231", span, f"there is no `{name}!`", help=help)
        return SKIP
    if text == "|" and _in_closure(bag, span):
        return SKIP
    if text in ("|", "||") and (not _after_operand(tokens) or _moves(bag, tokens)):
        help = "declare it with `fn f() { … }` at the top level and write its name here"
        bag.report("CL0222", span, "every function has a name here", help=help)
        return SKIP
    if text not in SIGNS:
        return _character(bag, tokens, span, text)
    code, meant, message, help = SIGNS[text]
    fix = Fix(span, meant) if meant and code not in ("CL0213", "CL0216") else None
    bag.add(Diagnostic(code, message, span, helps=(help,), fix=fix), once_per_line=False)
    return lexicon().spelt[meant] if meant else SKIP


def _after_operand(tokens: Tokens) -> bool:
    return bool(tokens.kinds) and tokens.kinds[-1] in lexicon().operand_ends


def _moves(bag: Bag, tokens: Tokens) -> bool:
    return bag.source.text[tokens.starts[-1] : tokens.ends[-1]] == "move"


def _in_closure(bag: Bag, span: Span) -> bool:
    """Is this the second bar of `|a| a + 1`?"""
    last = bag.errors[-1] if bag.errors else None
    if last is None or last.code != "CL0222":
        return False
    return bag.source.place(last.span.start).line == bag.source.place(span.start).line


def _touches_name(tokens: Tokens, span: Span) -> bool:
    named = bool(tokens.kinds) and tokens.kinds[-1] in lexicon().names
    return named and tokens.ends[-1] == span.start


def _walrus(bag: Bag, tokens: Tokens, span: Span) -> int:
    """`x := 1` makes a variable, so it is read as `let x = 1`; elsewhere as a mere `=`."""
    words = lexicon()
    kinds = tokens.kinds
    fresh = (
        len(kinds) >= 1
        and kinds[-1] in words.names
        and (len(kinds) == 1 or kinds[-2] in words.begin)
    )
    if fresh:
        name = bag.source.text[tokens.starts[-1] : tokens.ends[-1]]
        help = f"write `let {name} = …` for a new variable, `{name} = …` to change one"
        at = tokens.starts[-1]
        tokens.kinds.insert(-1, words.spelt["let"])
        tokens.starts.insert(-1, at)
        tokens.ends.insert(-1, at)
    else:
        help = "write `=`"
    if len(kinds) > 1 and kinds[-2] == words.spelt["for"]:
        return words.spelt["="]  # answered where the loop is read
    bag.report("CL0211", span, "`:=` is written `=`, after `let` for a new variable", help=help)
    return words.spelt["="]


# ------------------------------------------------------------ strings, numbers


def _comment(bag: Bag, tokens: Tokens, span: Span, text: str) -> int:
    tokens.comments.append((span.start, span.end))
    if text.startswith("#"):
        message, end = "a comment starts with `//`, not with `#`", span.start + 1
        bag.report("CL0118", Span(span.start, end), message, help="write `//`")
        return SKIP
    message = "a comment starts with `//`; there is no `/* … */`"
    if not text.endswith("*/") or len(text) < 4:
        message = "a comment starts with `//`; this `/*` is never closed either"
    help = "write `//` at the start of each line of the comment"
    bag.report("CL0118", Span(span.start, span.start + 2), message, help=help)
    return SKIP


def _single_quotes(bag: Bag, tokens: Tokens, span: Span, text: str) -> int:
    inner = text[1:-1].replace('"', '\\"')
    bag.add(
        Diagnostic(
            "CL0116",
            "a text is written in double quotes",
            span,
            helps=(f'write `"{inner}"`',) if len(inner) <= 40 else ("write `\"` for each `'`",),
            fix=Fix(span, f'"{inner}"'),
        )
    )
    return lexicon().number["STRING"]


def _open_string(bag: Bag, tokens: Tokens, span: Span, text: str) -> int:
    """A text without its second quote: what follows on the line was most likely meant by it."""
    bag.report(
        "CL0111",
        Span(span.start, span.start + 1),
        'this text has no closing `"`',
        label="starts here",
        help='write `"` at its end; `\\n` stands for a line break in it',
    )
    return lexicon().number["STRING"]


def _number(bag: Bag, tokens: Tokens, span: Span, text: str) -> int:
    message, help = _about_number(text)
    words = lexicon()
    grouped = tokens.kinds[-2:] == [words.number["INT"], words.spelt[","]]
    if grouped and text.isdigit() and tokens.ends[-1] == span.start:
        whole = bag.source.text[tokens.starts[-2] : tokens.ends[-2]]
        message = "digits are grouped with `_`, not with commas"
        help = f"write `{whole}_{text}`"
    bag.report("CL0113", span, message, help=help)
    return lexicon().number["INT"]


def _about_number(text: str) -> tuple[str, str]:
    low = text.lower()
    digits = text.lstrip("0_") or "0"
    shown = text if len(text) <= 24 else text[:20] + "…"
    if low[:2] in ("0x", "0b", "0o"):
        return f"`{shown}` is not decimal: numbers have the digits 0 to 9 only", _in_decimal(low)
    if text.isdigit() and text[0] == "0":
        return f"`{shown}` starts with a zero", f"write `{digits[:24]}`"
    if "." in text:
        return f"`{shown}` is no number", "write digits only, or digits on both sides of the dot"
    number = text[: len(text) - len(text.lstrip("0123456789"))]
    if number and "_" not in text and len(text) - len(number) <= 3:
        help = f"write `{number[:24]}`: times are in ticks, and numbers have no unit"
        return f"`{shown}` is no number", help
    return f"`{shown}` is no number", "write digits only; `1_000` is fine for 1000"


def _in_decimal(text: str) -> str:
    try:
        value = int(text[:20], 0) if len(text) <= 20 else None
    except ValueError:
        value = None
    return "write it with the digits 0 to 9" if value is None else f"write `{value}`"


def _character(bag: Bag, tokens: Tokens, span: Span, text: str) -> int:
    if text in "“”„«»‘’'":
        help = 'write `"`: a text stands between two of them on one line'
        bag.report("CL0110", span, f"`{text}` is no quote of the language", help=help)
        return SKIP
    if text == "\\":
        message = "`\\` continues no line here"
        help = "a line goes on inside `( )` and `[ ]`, and after a comma"
        bag.report("CL0110", span, message, help=help)
        return SKIP
    name = f"`{text}`" if text.isprintable() and not text.isspace() else f"U+{ord(text):04X}"
    if text.isidentifier():
        help = "names have the letters A to Z and a to z, digits and `_`"
    else:
        help = "leave it out, or put it into a text or a comment"
    bag.report("CL0110", span, f"{name} is no character of the language", help=help)
    return SKIP


_ANSWERS = {
    "SLIP_COMMENT": _comment,
    "SLIP_STRING": _single_quotes,
    "BAD_STRING": _open_string,
    "BAD_NUMBER": _number,
    "BAD_CHAR": _character,
}
