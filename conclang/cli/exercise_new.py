"""`conclang exercise new`: an exercise to go on with: blank, from a scenario, or from a seed."""

from __future__ import annotations

import os
import re

import click

from conclang.cli.common import Unusable, shortened

KINDS = ("scheduling", "interleavings", "outcomes", "deadlock")
BLANK_YAML = """\
id: {name}
title: {title}
theme: races
difficulty: 1
prompt: |
  What the student is to do, in Markdown. `{name}.cl` loses increments; mend it.
starter: {name}.cl
solution: solution.cl
hints:
  - The first hint says where to look.
  - The second one says what to do there.
checks:
  - name: no increment is lost
    points: 2
    expect: finally count == 2
    message: An increment can still get lost.
  - name: nobody touches count while another may
    expect: no race
  - name: everybody gets to the end
    expect: no deadlock
"""
BLANK = """\
// What this is about, in a line or two.
scenario "{title}"

shared count = 0
lock m

// edit: begin threads
thread alice {{ {body} }}
thread bob {{ {body} }}
// edit: end
"""


@click.command()
@click.argument("path", metavar="FOLDER")
@click.option("--from", "twin", metavar="FILE", help="A scenario that has a broken twin.")
@click.option("--kind", type=click.Choice(KINDS), help="Make questions from a seed.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, help="For --kind.")
def command(path: str, twin: str | None, kind: str | None, seed: int) -> None:
    """Write an exercise into FOLDER, which must not be there yet. Its last name is the id.

    Then: conclang exercise verify FOLDER
    """
    if twin is not None and kind is not None:
        raise Unusable("--from and --kind do not go together")
    name = os.path.basename(os.path.abspath(path))
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise Unusable(
            f"'{shortened(name)}' is no name for an exercise: small letters, digits and `_`"
        )
    files = _files(name, twin, kind, seed)
    _write(path, files)
    click.echo(f"wrote {path}: {', '.join(files)}", err=True)
    click.echo(f"now: conclang exercise verify {path}", err=True)


def _files(name: str, twin: str | None, kind: str | None, seed: int) -> dict[str, str]:
    if kind is not None:
        from conclang.exercises.generate import generated

        return generated(kind, seed, name)
    if twin is not None:
        from conclang.exercises.draft import CannotDraft, drafted

        try:
            return drafted(twin, name)
        except CannotDraft as problem:
            raise Unusable(str(problem)) from None
    title = name.replace("_", " ").capitalize()
    return {
        "exercise.yaml": BLANK_YAML.format(name=name, title=title),
        f"{name}.cl": BLANK.format(title=title, body="count += 1"),
        "solution.cl": BLANK.format(title=title, body="lock m { count += 1 }"),
    }


def _write(path: str, files: dict[str, str]) -> None:
    try:
        os.makedirs(path)
    except FileExistsError:
        raise Unusable(f"{shortened(path)}: this is there already and is left as it is") from None
    except OSError as error:
        raise Unusable(f"{shortened(path)}: cannot be made: {error.strerror}") from None
    for name, text in files.items():
        with open(os.path.join(path, name), "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
