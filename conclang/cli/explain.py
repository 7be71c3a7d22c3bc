"""`conclang explain CODE|TERM`: what a code or a word means, with a file to try.

A word is looked for in the glossary first, then in the tables of the language.
"""

from __future__ import annotations

import re

import click

from conclang.cli.common import Unusable, shortened

_CODE = re.compile(r"(c[lw])?\d{1,4}\Z", re.IGNORECASE)


@click.command()
@click.argument("word", nargs=-1, metavar="CODE|TERM")
def command(word: tuple[str, ...]) -> None:
    """Explain an error code (CL0301) or a concept (deadlock), with a runnable example.

    Without a word, list everything that can be explained.
    """
    text = " ".join(word).strip()
    if not text:
        click.echo(_overview(), nl=False)
    elif _CODE.match(text):
        click.echo(_code(text), nl=False)
    else:
        click.echo(_term(text), nl=False)


def _code(text: str) -> str:
    from conclang.diagnostics.codes import AREAS, lookup, table

    row = lookup(text)
    if row is None:
        raise Unusable(_unknown("code", text.upper(), list(table())))
    kind = "warning" if row.code.startswith("CW") else "error"
    parts = [f"{row.code}: {row.title} ({kind}, {AREAS[row.code[2:4]]})", row.explanation]
    if row.wrong:
        options = "".join(f" -D {define}" for define in row.defines)
        parts += [f"This file has the mistake{f' (with{options})' if options else ''}:"]
        parts += [_indented(row.wrong)]
    if row.right:
        parts += ["and this one is mended:", _indented(row.right)]
    return "\n\n".join(parts) + "\n"


def _term(text: str) -> str:
    from conclang.cli.words import explain_word, known_words
    from conclang.diagnostics.glossary import folded, lookup, terms

    word = explain_word(folded(text).replace(" ", "_"))
    term = lookup(text)
    if term is None and not word:
        others = [word for term in terms().values() for word in term.also]
        raise Unusable(_unknown("term", text, [*terms(), *others, *known_words()]))
    if term is None:
        return word + "\n"
    parts = [f"{term.name}: {term.meaning}"]
    if term.remember:
        parts += [f"Remember: {term.remember}"]
    if term.example:
        parts += ["Try it (save it in a file and `conclang check` it):", _indented(term.example)]
    if term.see:
        parts += [f"See also: {', '.join(term.see)}"]
    return "\n\n".join(parts) + "\n"


def _unknown(kind: str, text: str, known: list[str]) -> str:
    from conclang.diagnostics.spelling import did_you_mean

    question = did_you_mean(text, known)
    hint = question or "`conclang explain` without a word lists all"
    return f"there is no {kind} '{shortened(text)}'; {hint}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in _cut(text).rstrip("\n").split("\n"))


def _cut(text: str) -> str:
    """An example with an endless line is shown shortened."""
    return "\n".join(line if len(line) <= 160 else f"{line[:80]} …" for line in text.split("\n"))


def _overview() -> str:
    from conclang.diagnostics.codes import AREAS, table
    from conclang.diagnostics.glossary import groups

    rows = ["Concepts"]
    for title, terms in groups():
        rows += [f"  {title}: {', '.join(term.name for term in terms)}"]
    for number, area in AREAS.items():
        codes = [row for row in table().values() if row.code[2:4] == number]
        if codes:
            rows += ["", f"Codes about {area}"]
            rows += [f"  {row.code}  {row.title}" for row in codes]
    return "\n".join(rows) + "\n"
