"""Write the constants of the machine in their two forms, from the tables they belong to.

`conclang/machine/opcodes.py` is for people, mypy and the plain engine;
`conclang/machine/opcodes_c.pxd` says the same to C, so that dispatch becomes a `switch`.
Run `python tests/tidy/make_opcodes.py` after a change of the OPS or FAULTS table; a test compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from conclang.ir.errors import FAULTS  # noqa: E402
from conclang.ir.ops import OPS, STRIDE  # noqa: E402

STATUSES = ("MOVED", "AT", "ASLEEP", "AT_BARRIER", "URGENT", "SPINNING", "FINISHED")
RECORD = ("STATUS", "PC", "FP")
ARMS = ("ARM_RECEIVE", "ARM_SEND", "ARM_AFTER", "ARM_DEFAULT")
NOTES = ("NOTE_FINISH", "NOTE_ENTER", "NOTE_CHOOSE", "NOTE_NOW", "NOTE_SPIN", "NOTE_URGENT")


def constants() -> list[tuple[str, list[tuple[str, int]]]]:
    """All groups of constants with their headings."""
    return [
        ("kinds of micro-ops (ir/ops.py)", [(op.name, n) for n, op in enumerate(OPS)]),
        ("faults (ir/errors.py)", [(f"FAULT_{f.name}", n) for n, f in enumerate(FAULTS) if n]),
        ("status of an entity (state.py)", [(name, n) for n, name in enumerate(STATUSES)]),
        ("first words of an entity's record", [(name, n) for n, name in enumerate(RECORD)]),
        ("kinds of a select's arms", [(name, n) for n, name in enumerate(ARMS)]),
        (
            "notes in the log that are no micro-ops",
            [(name, 1000 + n) for n, name in enumerate(NOTES)],
        ),
        ("strides", [("WIDE", STRIDE), ("ARM_WIDE", 8)]),
        (
            "limits of one step: choices, rounds of local loops",
            [("MAX_DIGITS", 4096), ("MAX_ROUNDS", 5_000_000)],
        ),
    ]


def python_text() -> str:
    lines = ['"""Numbers of the machine. Made by tests/tidy/make_opcodes.py: do not edit."""', ""]
    for heading, group in constants():
        lines += [f"# {heading}", *(f"{name} = {number}" for name, number in group), ""]
    return "\n".join(lines[:-1]) + "\n"


def c_text() -> str:
    lines = [
        "# Numbers of the machine. Made by tests/tidy/make_opcodes.py: do not edit.",
        "cdef enum:",
    ]
    for heading, group in constants():
        lines += [f"    # {heading}", *(f"    {name} = {number}" for name, number in group)]
    return "\n".join(lines) + "\n"


TARGETS = {"conclang/machine/opcodes.py": python_text, "conclang/machine/opcodes_c.pxd": c_text}

if __name__ == "__main__":
    for path, text in TARGETS.items():
        (ROOT / path).write_text(text())
