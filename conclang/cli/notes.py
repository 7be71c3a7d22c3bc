"""`conclang notes`: pictures for the fences of Markdown files, beside them and shown in them."""

from __future__ import annotations

import errno
import os
import sys

import click

from conclang.cli.common import Unusable, shortened, worst
from conclang.cli.output import refuse_input, replace_file, write_output
from conclang.diagnostics.source import STDIN
from conclang.views.notes import MARK, Notes, notes_of

PIPED = "notes.md"  # pictures of notes without a name are called after this


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE.md...")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if something would change.")
@click.option("-o", "output", metavar="FILE", help="Write the notes there and leave FILE as it is.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(files: tuple[str, ...], check: bool, output: str | None, force: bool) -> int:
    """Draw every fence ```conclang VIEW of Markdown files, and show the picture below it.

    VIEW is one of draw's, or run, check, compare; options follow as on the command line.
    FILE.md may be - (standard input to standard output, pictures into this folder).
    """
    if output is not None and len(files) > 1:
        raise Unusable("-o goes with a single file")
    codes = []
    for path in files:
        text = _read(path)
        target = output or (PIPED if path == STDIN else path)
        notes = notes_of(text, target)
        for problem in notes.problems:
            click.echo(problem, err=True)
        changed = notes.text != text or any(made.picture for made in notes.made)
        if check:
            if changed:
                click.echo(f"would change {shortened(path)}", err=True)
            codes.append(1 if changed or notes.problems else 0)
            continue
        _write(notes, text, path, output, force)
        codes.append(1 if notes.problems else 0)
    return worst(codes)


def _read(path: str) -> str:
    try:
        if path == STDIN:
            if sys.stdin is None:
                raise OSError(errno.EBADF, "standard input is closed")
            return sys.stdin.buffer.read().decode("utf-8")
        with open(path, encoding="utf-8", newline="") as stream:
            return stream.read()
    except OSError as error:
        raise Unusable(f"{shortened(path)}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unusable(f"{shortened(path)}: this is not UTF-8 text") from None


def _write(notes: Notes, text: str, path: str, output: str | None, force: bool) -> None:
    """Pictures first, so that the notes never show one that is not there; old ones last."""
    folder = os.path.dirname(output or path)  # of piped notes: where we are
    if output is not None:
        refuse_input(output, [path])
    for made in notes.made:
        if made.picture:
            write_output(made.picture, os.path.join(folder, made.name), [path])
    if output is not None or path == STDIN:
        write_output(notes.text, output, [path], force)
        return
    if notes.text != text:
        replace_file(path, notes.text.encode("utf-8"))
    for name in notes.obsolete:
        if name not in notes.text:
            _remove(os.path.join(folder, name))


def _remove(path: str) -> None:
    """A picture of ours that nothing shows any more."""
    try:
        with open(path, "rb") as stream:
            ours = MARK.encode() in stream.read(4000)
    except OSError:
        return
    if ours:
        os.unlink(path)
