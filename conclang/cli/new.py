"""`conclang new NAME`: a starter scenario to change."""

from __future__ import annotations

import os
import re

import click

from conclang.cli.common import Unusable, shortened

STARTER = """\
// {title}
//
// Run it on the timed machine:        conclang run {file}
// Check it under every schedule:      conclang check {file}
// Then take the lock away and see what `check` says.

scenario "{title}"

processor cpu {{
  cores 2
  scheduler round_robin(quantum: 2)
}}

shared count = 0
lock m

thread alice {{
  repeat 2 {{
    lock m {{ count += 1 }}
  }}
}}

thread bob {{
  repeat 2 {{
    lock m {{ count += 1 }}
  }}
}}

expect finally count == 4
expect no race
expect no deadlock
"""


@click.command()
@click.argument("name")
def command(name: str) -> None:
    """Write a starter scenario NAME.cl; an existing file is never touched."""
    path = name if name.endswith(".cl") else f"{name}.cl"
    stem = os.path.basename(path)[: -len(".cl")]
    if not stem.strip(". ") or not path.isprintable():
        raise Unusable(f"'{shortened(name)}' is no name for a file")
    title = re.sub(r"[_\-]+", " ", stem).strip().replace('"', "'").replace("\\", "/")
    _create(path, STARTER.format(title=title[:1].upper() + title[1:], file=_quoted(path)))
    click.echo(f"wrote {path}; now: conclang run {_quoted(path)}", err=True)


def _create(path: str, text: str) -> None:
    """Write a file that must not be there yet."""
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise Unusable(f"{shortened(path)}: this file exists and is left as it is") from None
    except (OSError, UnicodeEncodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a name for a file"
        raise Unusable(f"{shortened(path)}: cannot be written: {reason}") from None


def _quoted(path: str) -> str:
    from shlex import quote

    return quote(path)
