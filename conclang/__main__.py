"""`python -m conclang` and the `conclang` command: both open the command-line front door."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    import sys

    from conclang.cli.direct import enter

    sys.exit(enter(sys.argv[1:]))


if __name__ == "__main__":
    main()
