"""What would have fitted, in words: "expected `{`, found the end of the line"."""

from __future__ import annotations

from conclang.syntax.lexicon import Lexicon

# A set of kinds that says more together, and what it is called.
GROUPS = (
    ("THREAD FN CONST", "a declaration"),
    ("LET IF WHILE", "a statement"),
    ("CASE AFTER DEFAULT", "`case`, `after` or `default`"),
    ("INT LPAR NAME STRING", "an expression"),
    ("INT NAME", "a number or a name"),
    ("PLUS_ASSIGN ASSIGN", "`=`"),
    ("LOCK NAME", "a name"),
    ("NAME", "a name"),
)
OPERATORS = (
    "PLUS MINUS STAR SLASH PERCENT EQUAL NOT_EQUAL LESS LESS_EQUAL GREATER GREATER_EQUAL AND OR "
    "LPAR LSQB DOT"
)
MOST = 3
END_OF_FILE = "the end of the file"


def expected(words: Lexicon, fitting: frozenset[int]) -> str:
    """The kinds that fit, as a phrase; "" if that would be a long list."""
    names = words.table.terminals
    left = {names[kind] for kind in fitting} - {"ERR"}
    phrases = []
    for group, phrase in GROUPS:
        if set(group.split()) <= left:
            phrases.append(phrase)
            break
    if phrases and phrases[0] != "`=`":
        left &= {"LBRACE", "RPAR", "RSQB"} if phrases[0] != "a name" else {"LBRACE", "ASSIGN"}
    closers = left - set(OPERATORS.split())
    if closers and not phrases:
        left = closers
    if "_SEP" in left:
        left -= {"RBRACE", "$END"}
    if "RPAR" in left:
        left -= {"DOTDOT"}
    left -= {"PLUS_ASSIGN", "MINUS_ASSIGN", "STAR_ASSIGN", "SLASH_ASSIGN", "PERCENT_ASSIGN"}
    if phrases == ["`=`"]:
        left -= {"ASSIGN", "ARROW"}
    phrases += [_phrase(words, name) for name in sorted(left, key=_order)]
    phrases = list(dict.fromkeys(phrases))
    return _joined(phrases) if len(phrases) <= MOST else _joined(phrases[:1])


def _order(name: str) -> tuple[int, str]:
    front = ("ASSIGN", "LBRACE", "RPAR", "RSQB", "COMMA")
    return (front.index(name) if name in front else len(front), name)


def _phrase(words: Lexicon, name: str) -> str:
    if name == "_SEP":
        return "the end of the line"
    if name == "$END":
        return END_OF_FILE
    if name == "STRING":
        return "a text in double quotes"
    if name in ("_LEADS", "_AT"):
        return "`leads to`" if name == "_LEADS" else "`at most`"
    if name == "FLAW":
        return "the name of a flaw"
    text = words.spelling.get(words.number[name])
    return f"`{text}`" if text else f"`{name.strip('_').lower()}`"


def _joined(phrases: list[str]) -> str:
    if not phrases:
        return ""
    if len(phrases) == 1:
        return phrases[0]
    return ", ".join(phrases[:-1]) + " or " + phrases[-1]


def found(words: Lexicon, kind: int, text: str) -> str:
    """The token met, in words."""
    if kind == words.end:
        return END_OF_FILE
    if kind == words.separator:
        return "the end of the line"
    if kind == words.number["STRING"]:
        return "a text"
    shown = text if len(text) <= 24 else text[:20] + "…"
    return f"`{shown}`"
