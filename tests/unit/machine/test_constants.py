"""The generated numbers agree with the tables they come from."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from conclang.ir.errors import FAULTS, message
from conclang.ir.ops import OPS
from conclang.machine import opcodes

ROOT = Path(__file__).resolve().parents[3]


def test_generated_files_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location(
        "make_opcodes", ROOT / "tests/tidy/make_opcodes.py"
    )
    assert spec
    assert spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    for path, text in maker.TARGETS.items():
        assert (ROOT / path).read_text() == text(), f"run tests/tidy/make_opcodes.py: {path}"


def test_numbers_are_positions() -> None:
    for number, op in enumerate(OPS):
        assert getattr(opcodes, op.name) == number
    for number, fault in enumerate(FAULTS[1:], 1):
        assert getattr(opcodes, f"FAULT_{fault.name}") == number
        assert fault.limit == (number >= opcodes.FAULT_LONG_LOOP)


def test_messages_hold_the_words_of_the_language() -> None:
    texts = " | ".join(fault.message for fault in FAULTS)
    for words in (
        "release of a lock not held",
        "send on a closed channel",
        "close of a closed channel",
        "index out of range",
        "division by zero",
        "overflow",
        "join of self",
        "wait without the lock",
        "blocking inside atomic",
        "call depth",
        "negative",
    ):
        assert words in texts
    assert message(opcodes.FAULT_INDEX, (7, 3)) == "index out of range: 7 is not in 0..3"
    assert message(opcodes.FAULT_INDEX) == "index out of range"


def test_order_that_the_machine_relies_on() -> None:
    """Dispatch compares numbers of neighbouring kinds."""
    names = [op.name for op in OPS]
    for before, after in (
        ("MOVE", "COPY"),
        ("MOD", "NEG"),
        ("NOT", "EQ"),
        ("MAX", "ABS"),
        ("PUT", "JUMP"),
        ("IO", "READ"),
        ("CAS", "ACQUIRE"),
        ("DOWN_TRY", "WAIT"),
        ("BARRIER_WAIT", "SEND"),
        ("SELECT", "SPAWN"),
        ("AWAIT", "ATOMIC"),
    ):
        assert names.index(after) == names.index(before) + 1
    visible = [op.name for op in OPS[names.index("READ") :] if not op.visible]
    assert visible == ["ATOMIC_END"]
