"""What a timed run depends on besides the program."""

from __future__ import annotations

from collections.abc import Callable

from conclang.ir.policy_spec import PolicySpec
from conclang.machine.policy import Policy
from conclang.record import record


@record
class Options:
    """`make` turns a spec into a policy."""

    make: Callable[[PolicySpec], Policy]
    policy: PolicySpec | None = None  # instead of the processors' own
    maker: Callable[[], Policy] | None = None  # a foreign policy instead of them
    cores: int | None = None  # of every processor
    seed: int = 0
    until: int | None = None
    max_steps: int | None = None
