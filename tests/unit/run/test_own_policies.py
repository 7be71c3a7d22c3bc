"""A policy of one's own: from a file, and from an installed package; the kit tells good from bad."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conclang.machine.policy import Policy, Runnable
from conclang.testing import check_policy

SCENARIO = (
    "processor cpu { cores 1 }\nthread a { work 3 }\nthread b { work 2 }\nthread c { work 1 }\n"
)
LATEST_FIRST = '''"""Whoever came last goes first."""
from conclang.machine.policy import Policy


class LatestFirst(Policy):
    name = "latest_first"

    def __init__(self):
        self.stack = []

    def ready(self, thread, cause):
        self.stack.append(thread)

    def pick(self, core):
        return self.stack.pop() if self.stack else None
'''


def run(folder: Path, policy: str, *more: str, path: str = "") -> subprocess.CompletedProcess[str]:
    (folder / "s.cl").write_text(SCENARIO, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([path, os.getcwd()])}
    return subprocess.run(
        [sys.executable, "-m", "conclang", "run", str(folder / "s.cl"), "--policy", policy, *more],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
        timeout=60,
    )


def finishes(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    assert done.returncode == 0, done.stderr
    threads = json.loads(done.stdout)["metrics"]["threads"]
    return {name: row["finish"] for name, row in threads.items()}


def test_a_policy_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(LATEST_FIRST, encoding="utf-8")
    done = run(tmp_path, f"{tmp_path / 'mine.py'}:LatestFirst", "--format", "json")
    # by hand: c comes last and goes first, 0-1; then b, 1-3; then a, 3-6
    assert finishes(done) == {"a": 6, "b": 3, "c": 1}


def test_a_policy_of_an_installed_package(tmp_path: Path) -> None:
    """What `pip install` leaves behind: a module, and a `dist-info` that names the entry point."""
    site = tmp_path / "site"
    info = site / "latest-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "latest_policies.py").write_text(LATEST_FIRST, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: latest\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[conclang.policies]\nlatest_first = latest_policies:LatestFirst\n"
    )
    done = run(tmp_path, "latest_first", "--format", "json", path=str(site))
    assert finishes(done) == {"a": 6, "b": 3, "c": 1}
    assert run(tmp_path, "latest_first").returncode == 2  # not installed: no such policy


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("none.py:X", None, "there is no file"),
        ("mine.py:Nobody", LATEST_FIRST, "has no class Nobody"),
        ("mine.py:LatestFirst", "class LatestFirst: pass\n", "is no subclass of"),
        ("mine.py:X", "import no_such_module\n", "cannot be loaded: ModuleNotFoundError"),
        ("mine.py:X", "def f(:\n", "cannot be loaded: SyntaxError"),
    ],
)
def test_what_is_no_policy_is_named(
    tmp_path: Path, name: str, text: str | None, words: str
) -> None:
    if text is not None:
        (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    done = run(tmp_path, str(tmp_path / name))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


class LatestFirst(Policy):
    name = "latest_first"

    def __init__(self) -> None:
        self.stack: list[Runnable] = []

    def ready(self, thread, cause):  # type: ignore[no-untyped-def]
        self.stack.append(thread)

    def pick(self, core):  # type: ignore[no-untyped-def]
        able = [thread for thread in self.stack if thread.pinned in (-1, core)]
        if not able:
            return None
        self.stack.remove(able[-1])
        return able[-1]


class Loses(LatestFirst):
    """Forgets whoever comes third."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def ready(self, thread, cause):  # type: ignore[no-untyped-def]
        self.seen += 1
        if self.seen != 3:
            super().ready(thread, cause)


class Idles(LatestFirst):
    """Leaves a core idle although somebody is ready, every other time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def pick(self, core):  # type: ignore[no-untyped-def]
        self.asked += 1
        return None if self.asked % 2 else super().pick(core)


class IgnoresPins(LatestFirst):
    def pick(self, core):  # type: ignore[no-untyped-def]
        return self.stack.pop() if self.stack else None


class PicksTwice(LatestFirst):
    """Keeps handing out the same thread, also while it runs or is blocked."""

    def pick(self, core):  # type: ignore[no-untyped-def]
        able = [thread for thread in self.stack if thread.pinned in (-1, core)]
        return able[-1] if able else None


TOSSED = [0]


class Tosses(LatestFirst):
    """Does something else in every run."""

    def pick(self, core):  # type: ignore[no-untyped-def]
        TOSSED[0] += 1
        if TOSSED[0] % 3 == 0:
            self.stack.reverse()
        return super().pick(core)


def test_the_kit_passes_a_good_policy() -> None:
    check_policy(LatestFirst)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Loses, "idle"),
        (Idles, "idle"),
        (Tosses, "the same history was scheduled in two ways"),
        (IgnoresPins, "is pinned to core"),
        (PicksTwice, "not ready"),
    ],
)
def test_the_kit_fails_a_bad_policy(bad: type[Policy], words: str) -> None:
    with pytest.raises(AssertionError) as caught:
        check_policy(bad)
    assert words in str(caught.value)
