"""`conclang examples`: find, read and copy what the collection has.

conclang examples                    everything, theme by theme
conclang examples WORD...            what fits: a theme, a concept, a verdict, a word of the text
conclang examples show NAME          the file
conclang examples copy NAME [DIR]    the file and its twin (or all of a theme)
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from conclang.cli.common import Unusable, shortened

if TYPE_CHECKING:
    from conclang.collection.catalogue import Example

ACTIONS = ("list", "show", "copy")


@click.command()
@click.argument("words", nargs=-1, metavar="[list] [WORD]... | show NAME | copy NAME [DIR]")
@click.option("--theme", help="Only this theme, as in --theme locks.")
@click.option("--concept", help="Only this concept, as in --concept deadlock.")
@click.option("--verdict", help="Only this verdict, as in --verdict safe.")
@click.option("--text", is_flag=True, help="Look for the words in the whole text.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Default: text, for people.",
)
@click.option("--force", is_flag=True, help="Let copy replace files.")
def command(
    words: tuple[str, ...],
    theme: str | None,
    concept: str | None,
    verdict: str | None,
    **given: bool | str,
) -> None:
    """List, show and copy the examples.

    \b
    conclang examples                  all of them, theme by theme
    conclang examples WORD...          those of a theme, concept, verdict, or with the word
    conclang examples show NAME        print one
    conclang examples copy NAME [DIR]  copy one and its twin (or a whole theme)

    Every safe example has a broken twin NAME_broken, and the other way round.
    """
    action, rest = (words[0], words[1:]) if words[:1] and words[0] in ACTIONS else ("list", words)
    if action == "show":
        _show(rest, str(given["form"]))
    elif action == "copy":
        _copy(rest, bool(given["force"]))
    else:
        filters = {"theme": theme, "concept": concept, "verdict": verdict}
        _list(rest, filters, bool(given["text"]), str(given["form"]))


def _list(words: tuple[str, ...], filters: dict[str, str | None], text: bool, form: str) -> None:
    from conclang.collection.catalogue import choose, find

    for field, value in filters.items():
        _check_filter(field, value)
    fits = choose(**filters)
    found = [one for one in find(words, text) if fits(one)]
    if not found:
        raise Unusable(_nothing(words, filters))
    click.echo(_json(found) if form == "json" else _table(found), nl=False)


def _check_filter(field: str, value: str | None) -> None:
    """A filter that no example has is a slip."""
    from conclang.collection.catalogue import catalogue, folded
    from conclang.diagnostics.spelling import did_you_mean

    known = sorted({getattr(one, field) for one in catalogue()})
    if value is not None and folded(value) not in map(folded, known):
        hint = did_you_mean(value, known) or f"there are {', '.join(known)}"
        raise Unusable(f"there is no {field} '{shortened(value)}'; {hint}")


def _nothing(words: tuple[str, ...], filters: dict[str, str | None]) -> str:
    from conclang.collection.catalogue import find, words_known
    from conclang.diagnostics.spelling import did_you_mean

    missing = [word for word in words if not find([word])]
    if not missing:
        asked = [*words, *(value for value in filters.values() if value)]
        return f"no example is about {' and '.join(map(shortened, asked))} at once"
    question = did_you_mean(missing[0], words_known())
    hint = question or "`conclang examples` without a word lists all"
    return f"no example is about '{shortened(missing[0])}'; {hint}"


def _table(found: list[Example]) -> str:
    """One row per example under the heading of its theme."""
    from conclang.collection.catalogue import THEMES

    widths = [
        max(len(getattr(one, field)) for one in found) for field in ("name", "concept", "verdict")
    ]
    rows: list[str] = []
    for theme, meaning in THEMES.items():
        inside = [one for one in found if one.theme == theme]
        if inside:
            rows += ["", f"{theme} ({len(inside)}): {meaning}"]
            rows += [f"  {_row(one, widths)}" for one in inside]
    count = f"{len(found)} example{'s' * (len(found) != 1)}"
    rows += ["", f"{count}; to read one: conclang examples show NAME; to change it: … copy NAME"]
    return "\n".join(rows[1:]) + "\n"


def _row(one: Example, widths: list[int]) -> str:
    cells = (one.name, one.concept, one.verdict)
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{'  '.join(padded)}  {one.title}"


def _show(names: tuple[str, ...], form: str) -> None:
    if len(names) != 1:
        raise Unusable("say which one: conclang examples show NAME")
    example = _named(names[0])
    if form == "json":
        click.echo(_json([example]), nl=False)
    else:
        click.echo(example.text, nl=False)


def _named(name: str) -> Example:
    from conclang.collection.catalogue import by_name, catalogue
    from conclang.diagnostics.spelling import did_you_mean

    found = by_name(name)
    if found is None:
        known = [one.name for one in catalogue()]
        hint = did_you_mean(name, known) or "`conclang examples` lists all"
        raise Unusable(f"there is no example '{shortened(name)}'; {hint}")
    return found


def _copy(given: tuple[str, ...], force: bool) -> None:
    """All or nothing: if one of the files is in the way, none is written."""
    from conclang.cli.output import replace_file

    if not 1 <= len(given) <= 2:
        raise Unusable("say which one and where to: conclang examples copy NAME [DIR]")
    folder = given[1] if len(given) == 2 else "."
    targets = {os.path.join(folder, one.name + ".cl"): one for one in _wanted(given[0])}
    _refuse_others(targets, force)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise Unusable(f"{shortened(folder)}: cannot be made: {error.strerror}") from None
    for path, one in targets.items():
        replace_file(path, one.text.encode("utf-8"))
        click.echo(f"wrote {path}: {one.title} ({one.verdict})", err=True)


def _wanted(name: str) -> list[Example]:
    """A theme, or one example with its twin."""
    from conclang.collection.catalogue import THEMES, catalogue, twin_of

    if name.rstrip("/") in THEMES:
        return [one for one in catalogue() if one.theme == name.rstrip("/")]
    one = _named(name)
    return [example for example in (one, twin_of(one)) if example is not None]


def _refuse_others(targets: dict[str, Example], force: bool) -> None:
    for path, one in targets.items():
        if os.path.isdir(path):
            raise Unusable(f"{shortened(path)}: this is a directory")
        if os.path.lexists(path) and not force and not _holds(path, one.text):
            raise Unusable(
                f"{shortened(path)}: there is such a file already and it is another one;"
                " nothing was copied (--force replaces it)"
            )


def _holds(path: str, text: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == text.encode("utf-8")
    except OSError:
        return False


def _json(found: list[Example]) -> str:
    import json

    rows = [
        {
            "theme": one.theme,
            "name": one.name,
            "title": one.title,
            "concept": one.concept,
            "verdict": one.verdict,
            "idea": one.idea,
            "twin": one.twin,
            "source": one.source,
            "checked_by": list(one.checked_by),
            "by_hand": one.by_hand,
            "next": one.next,
            "file": one.file,
            "text": one.text,
        }
        for one in found
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
