"""Every policy keeps the rules of the protocol; broken ones are caught; reasons are in words."""

from __future__ import annotations

import pytest

from conclang.ir.policy_spec import POLICIES, PolicySpec, policy_spec
from conclang.machine.policy import Policy, Runnable, View
from conclang.policies.registry import CLASSES, PolicyError, foreign, is_foreign, make, maker
from conclang.policies.text import PolicyTextError, parse_policies, parse_policy
from conclang.testing import PolicyFault, check_policy

PLAIN = [name for name, rule in POLICIES.items() if not any(a.required for a in rule.arguments)]
TEXTS = [
    *PLAIN,
    "round_robin(quantum: 1)",
    "round_robin(quantum: 3)",
    "priority(preemptive: false)",
    "priority(aging: 3)",
    "mlfq(levels: 3, quanta: [1, 2, 4])",
    "mlfq(levels: 2, quanta: [2, 2], boost: 7, gaming: true)",
    "stride(quantum: 4)",
    "cfs(quantum: 3)",
    "eevdf(quantum: 2)",
    "pct(depth: 4)",
    "partitioned(round_robin(2))",
    "partitioned(priority)",
    "work_stealing(quantum: 2)",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_policy_keeps_the_rules(text: str) -> None:
    check_policy(maker(parse_policy(text)))


def test_every_policy_of_the_table_is_there() -> None:
    assert set(CLASSES) == set(POLICIES)
    assert {parse_policy(text).name for text in TEXTS} == set(POLICIES) - {"script"}


@pytest.mark.parametrize("text", [*TEXTS, "script [a, b, p[0], web.x, a]"])
def test_text_and_spec_say_the_same(text: str) -> None:
    spec = parse_policy(text)
    assert parse_policy(str(spec)) == spec
    assert make(spec).name == spec.name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty text"),
        ("fiffo", "did you mean `fifo`?"),
        ("mlfq(levls: 2)", "did you mean `levels`?"),
        ("round_robin(0)", "at least 1"),
        ("round_robin(quantum: x)", "is a number"),
        ("round_robin(quantum: 1, quantum: 2)", "given twice"),
        ("priority(preemptive: 1)", "true or false"),
        ("mlfq(levels: 3, quanta: [1])", "3 levels need 3 quanta"),
        ("edf(3)", "takes no arguments"),
        ("fifo fifo", "too much"),
        ("partitioned", "needs `policy`"),
        ("script", "needs `order`"),
        ("fifo(", "takes no arguments"),
        ("round_robin(2", "needs `)`"),
        ("rr drop", "no policy `rr`"),
        ("é", "has no meaning"),
        ("partitioned(" * 30 + "fifo" + ")" * 30, "too deeply"),
    ],
)
def test_what_is_no_policy_is_told_why(text: str, words: str) -> None:
    with pytest.raises(PolicyTextError, match="^.*" + words.replace(")", r"\)")):
        parse_policy(text)


def test_several_policies() -> None:
    specs = parse_policies("fifo; round_robin(quantum: 2);; cfs;")
    assert [spec.name for spec in specs] == ["fifo", "round_robin", "cfs"]


class Lossy(Policy):
    """Forgets every third thread."""

    name = "lossy"

    def __init__(self) -> None:
        self.queue: list[Runnable] = []
        self.count = 0

    def ready(self, thread: Runnable, cause: str) -> None:
        self.count += 1
        if self.count % 3:
            self.queue.append(thread)

    def pick(self, core: int) -> Runnable | None:
        fitting = [thread for thread in self.queue if thread.pinned in (-1, core)]
        if fitting:
            self.queue.remove(fitting[0])
        return fitting[0] if fitting else None


class Twice(Lossy):
    """Leaves whom it picks in the queue."""

    name = "twice"

    def ready(self, thread: Runnable, cause: str) -> None:
        self.queue.append(thread)

    def pick(self, core: int) -> Runnable | None:
        return self.queue[0] if self.queue else None


class Idle(Twice):
    name = "idle"

    def pick(self, core: int) -> Runnable | None:
        return None


class Fickle(Twice):
    """Depends on something that is not the history."""

    name = "fickle"
    calls = 0

    def pick(self, core: int) -> Runnable | None:
        fitting = [thread for thread in self.queue if thread.pinned in (-1, core)]
        if not fitting:
            return None
        Fickle.calls += 1
        chosen = fitting[Fickle.calls * 7 % len(fitting)]
        self.queue.remove(chosen)
        return chosen


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (Lossy, "never picked|left idle"),
        (Twice, "not ready|pinned"),
        (Idle, "left idle"),
        (Fickle, "in two ways"),
    ],
)
def test_a_broken_policy_is_caught(policy: type[Policy], words: str) -> None:
    with pytest.raises(PolicyFault, match=words):
        check_policy(policy)


def test_a_policy_from_a_file(tmp_path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from conclang.machine.policy import Policy\n"
        "class Lifo(Policy):\n"
        "    name = 'lifo'\n"
        "    def __init__(self): self.stack = []\n"
        "    def ready(self, thread, cause): self.stack.append(thread)\n"
        "    def pick(self, core):\n"
        "        for t in reversed(self.stack):\n"
        "            if t.pinned in (-1, core):\n"
        "                self.stack.remove(t)\n"
        "                return t\n"
        "class Wrong: pass\n"
    )
    assert is_foreign(f"{file}:Lifo")
    assert not is_foreign("round_robin(quantum: 2)")
    check_policy(foreign(f"{file}:Lifo"))
    for text, words in [
        (f"{file}:Nobody", "has no class Nobody"),
        (f"{file}:Wrong", "no subclass"),
        (f"{tmp_path}/none.py:X", "there is no file"),
    ]:
        with pytest.raises(PolicyError, match=words):
            foreign(text)
    file.write_text("import nothing_of_this_name\n")
    with pytest.raises(PolicyError, match="cannot be loaded: ModuleNotFoundError"):
        foreign(f"{file}:Lifo")


REASONS = {
    "fifo": "waited longest",
    "sjf": "shortest job: 3",
    "srtf": "shortest remaining time: 3",
    "priority": "highest priority: 9",
    "edf": "earliest deadline: 12",
    "rate_monotonic": "shortest period: 10",
    "stride": "smallest pass: 0",
    "cfs": "least virtual run time",
    "eevdf": "virtual deadline",
    "lottery": "ticket",
    "random": "drawn from 2",
    "mlfq": "level 0",
    "work_stealing": "own queue",
    "pct": "random priority",
}


@pytest.mark.parametrize("name", REASONS)
def test_a_pick_is_explained(name: str) -> None:
    policy = make(policy_spec(name))
    policy.setup(View(1))
    for number, burst in enumerate((8, 3)):
        thread = Runnable(number, f"t{number}")
        thread.burst, thread.priority = burst, 9 * number
        thread.deadline, thread.period = 20 - 8 * number, 20 - 10 * number
        policy.ready(thread, "arrival")
    assert policy.pick(0) is not None
    assert REASONS[name] in policy.why


def test_script_says_where_it_cannot_be_followed() -> None:
    policy = make(PolicySpec("script", (("order", ("a", "b")),)))
    policy.setup(View(1))
    policy.ready(Runnable(0, "a"), "arrival")
    assert policy.pick(0) is not None
    assert policy.pick(0) is None
    assert "entry 2: b cannot run" in policy.complaint()
