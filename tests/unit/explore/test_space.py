"""How much memory may be taken: as much as was asked for, and no more than can be had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conclang.explore import space
from conclang.explore.space import DEFAULT_MEMORY_MB, LATE_BYTES, Space, allowed

MB = 1 << 20


def rests(*megabytes: int) -> Iterator[int]:
    yield from (number * MB for number in megabytes)


@pytest.mark.parametrize(
    ("asked", "left", "found"),
    [
        (None, (), DEFAULT_MEMORY_MB),
        (100, (), 100),
        (None, (80, 1 << 30), 20 + 70),  # an eighth is left to others
        (100, (800,), 100),
        (1000, (80,), 20 + 70),
    ],
)
def test_what_is_allowed(
    asked: int | None, left: tuple[int, ...], found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space, "_rests", lambda: rests(*left))
    monkeypatch.setattr(space, "taken", lambda: (20 * MB, 0))
    assert allowed(asked) == found * MB


def test_what_the_system_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "/proc/meminfo": ["MemTotal: 9000 kB\n", "MemAvailable: 3000 kB\n"],
        "/sys/fs/cgroup/memory.max": ["5000000\n"],
        "/sys/fs/cgroup/memory.current": ["1000000\n"],
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": ["max\n"],
        "/sys/fs/cgroup/memory/memory.usage_in_bytes": ["7\n"],
    }
    monkeypatch.setattr(space, "_lines", lambda path: files.get(path, []))
    monkeypatch.setattr(space, "_most_addresses", lambda: LATE_BYTES + 900)
    monkeypatch.setattr(space, "taken", lambda: (10, 700))
    assert list(space._rests()) == [3000 << 10, 4_000_000, 200]
    files.clear()
    monkeypatch.setattr(space, "_most_addresses", lambda: None)
    assert list(space._rests()) == []


def test_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"pages": 20 * MB, "addresses": 0}
    monkeypatch.setattr(space, "SELDOM", -1.0)
    monkeypatch.setattr(space, "taken", lambda: (now["pages"], now["addresses"]))
    some = Space(100 * MB)
    assert some.left() == 80 * MB
    now["pages"] = 70 * MB
    assert some.left() == 30 * MB and not some.is_used_up()
    now["pages"] = 96 * MB
    assert some.is_used_up()
    now["pages"], some.addresses = 70 * MB, LATE_BYTES + 500 * MB
    now["addresses"] = 490 * MB
    assert some.left() == 10 * MB


def test_a_large_caller_is_not_asked_to_be_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "taken", lambda: (900 * MB, 0))
    assert Space(100 * MB).left() == 100 * MB - space.OWN
