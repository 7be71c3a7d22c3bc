"""`conclang ops`: the lowered program, micro-op by micro-op, with its source lines."""

from __future__ import annotations

import sys

import click

from conclang.cli.common import define_option, wants_color
from conclang.cli.output import write_output


@click.command()
@click.argument("file", metavar="FILE")
@define_option
@click.option("-o", "--output", metavar="FILE", help="Write the result to a file.")
@click.option("--force", is_flag=True, help="Let -o replace a file that conclang did not write.")
def command(file: str, defines: dict[str, str], output: str | None, force: bool) -> int:
    """Show what FILE becomes: the micro-ops of every thread and function, under their source lines.

    A star marks a step: between two of them other threads may run.
    """
    from conclang.cli.running import load_program
    from conclang.diagnostics.show import full
    from conclang.ir.listing import listing

    checked = load_program(file, defines)
    if len(checked.bag):
        shown = full(checked.source, list(checked.bag), color=wants_color(sys.stderr))
        click.echo(shown.rstrip("\n"), err=True)
    if checked.program is None:
        return 1
    write_output(listing(checked.program), output, inputs=[file], force=force)
    return 0
