"""`python -m conclang` and the `conclang` command: both open the command-line front door.

Python looks for garbage after every 700 new objects, and in all there are when it ends. Most of
what a command makes (modules, trees, tables) stays to the end, so here it looks seldom, and not at
all in what is there at the end: together a sixth of the time of a short command.
"""

from __future__ import annotations

YOUNG = 100_000  # objects, between two looks for garbage


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    import gc
    import sys

    gc.set_threshold(YOUNG)
    from conclang.cli.direct import enter

    try:
        code = enter(sys.argv[1:])
    finally:
        gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
