"""The `conclang` command, and what surrounds every command: exit codes, streams, last resorts.

Nothing heavy may be imported here: `conclang --help` costs little more than click itself.
"""

from __future__ import annotations

import contextlib
import os
import sys

import click

from conclang.cli.commands import COMMANDS
from conclang.cli.group import LazyGroup, color_option
from conclang.cli.streams import Unusable, choose_color, say

USAGE = 2
UNKNOWN = 3
INTERRUPTED = 130  # as shells report an interrupt
PIPE_CLOSED = 141  # as shells report a reader that went away


def _show_version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from conclang import engine
    from conclang._version import VERSION

    click.echo(f"conclang {VERSION}, engine: {engine.describe()}")
    ctx.exit()


@click.group(
    cls=LazyGroup,
    rows=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[color_option()],
    epilog="Exit codes: 0 all holds, 1 a finding, 2 bad usage, 3 unknown (a limit was reached).",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show version and engine (compiled / plain).",
)
def cli() -> None:
    """Describe concurrency in a small language, run it, and check it under every schedule."""


def run(arguments: list[str] | None = None) -> int:
    """The exit code of one command."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        return dispatch(arguments)
    except BaseException as error:
        code = last_resort(error)
        if isinstance(error, click.NoSuchOption):
            _explain_dash(arguments)
        return code


def _explain_dash(arguments: list[str]) -> None:
    """A file whose name begins with a dash looks like an option."""
    for argument in arguments:
        if argument.startswith("-") and argument.endswith(".cl"):
            _say(f"If {argument} is a file, write ./{argument}")
            return


def last_resort(error: BaseException) -> int:
    """What a command could not deal with: a message and the exit code it means."""
    if isinstance(error, (Unusable, click.ClickException)):
        error.show()
        return USAGE
    if isinstance(error, (click.Abort, KeyboardInterrupt, EOFError)):
        _say("interrupted")
        return INTERRUPTED
    if isinstance(error, OSError):
        return _lost_output(error)
    if isinstance(error, MemoryError) or _cannot_load(error):
        _say("there is not enough memory")
        return UNKNOWN
    if isinstance(error, Exception):  # our bug: say so in one line
        return _internal(error)
    raise error


def _cannot_load(error: BaseException) -> bool:
    """Is there a module, but no memory for it? Loaders have their own way of saying so."""
    return isinstance(error, ImportError) and "failed to map segment" in str(error)


def dispatch(arguments: list[str]) -> int:
    """Call the command; what its function returns is the exit code.

    This is click's `main` without its handling of errors, which knows other exit codes.
    """
    choose_color("auto")
    if "_CONCLANG_COMPLETE" in os.environ:  # a shell asks for completions
        cli.main(arguments, prog_name="conclang")
    try:
        with cli.make_context("conclang", arguments) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    return result if isinstance(result, int) else 0


def _lost_output(error: OSError) -> int:
    """The reader of our output went away, or there is no room for it, or worse."""
    if os.environ.get("CONCLANG_DEBUG"):
        import traceback

        traceback.print_exc()
    closed = isinstance(error, BrokenPipeError)
    # Whatever is still buffered must not be tried again when the interpreter ends.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if closed:
        return PIPE_CLOSED
    name = f"{error.filename}: " if error.filename else ""
    _say(f"{name}{error.strerror or error}")
    return USAGE


def _internal(error: Exception) -> int:
    if os.environ.get("CONCLANG_DEBUG"):
        import traceback

        traceback.print_exc()
    else:
        text = " ".join(str(error).split())[:200]
        _say(
            f"internal error: {type(error).__name__}: {text}\n"
            "This is a bug in conclang, not in your file; CONCLANG_DEBUG=1 shows where it happened."
        )
    return USAGE


def _say(text: str) -> None:
    with contextlib.suppress(OSError):  # perhaps nobody is listening
        say(text)
