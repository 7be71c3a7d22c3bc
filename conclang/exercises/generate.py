"""Exercises made from a seed: a scenario nobody has seen, and questions the tool can answer.

Each kind is a function from dice to the parts of an exercise. The same kind and seed give the same
bytes everywhere: the dice are hashes, not Python's random numbers. `exercise new` writes the
result as an ordinary exercise, so it can be read, changed and verified like any other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from conclang.exercises.exercise import ANSWER_FILE, FILE_NAME
from conclang.record import record

T = TypeVar("T")
SCENARIO = "scenario.cl"
NAMES = ("a", "b", "c", "d")
POLICIES = ("fifo", "sjf", "srtf", "round_robin(quantum: 2)", "round_robin(quantum: 3)")


class Dice:
    """Chance that is the same on every machine and every Python."""

    def __init__(self, kind: str, seed: int) -> None:
        self.key = f"{kind}/{seed}"
        self.throws = 0

    def number(self, least: int, most: int) -> int:
        """From least to most, both possible."""
        self.throws += 1
        digest = hashlib.sha256(f"{self.key}/{self.throws}".encode()).digest()
        return least + int.from_bytes(digest[:8], "big") % (most - least + 1)

    def one(self, things: Sequence[T]) -> T:
        return things[self.number(0, len(things) - 1)]


@record
class Question:
    """A question as it stands in `exercise.yaml`; `machine` is one of the draft's."""

    key: str
    ask: str
    kind: str
    what: str
    points: int = 1
    machine: str = ""


@record
class Draft:
    """The parts of an exercise with questions."""

    title: str
    theme: str
    difficulty: int
    prompt: str
    scenario: str
    questions: tuple[Question, ...]
    hints: tuple[str, ...]
    machines: tuple[tuple[str, int, str], ...] = ()  # name, cores, policy


def generated(kind: str, seed: int, name: str) -> dict[str, str]:
    """The files of an exercise of a kind, by name."""
    draft = KINDS[kind](Dice(kind, seed))
    return {
        FILE_NAME: _yaml(name, draft),
        SCENARIO: draft.scenario,
        ANSWER_FILE: _answers(draft),
    }


def _yaml(name: str, draft: Draft) -> str:
    lines = [
        f"id: {name}",
        f"title: {json.dumps(draft.title, ensure_ascii=False)}",
        f"theme: {draft.theme}",
        f"difficulty: {draft.difficulty}",
        "prompt: |",
        *(f"  {line}".rstrip() for line in draft.prompt.strip().split("\n")),
        f"starter: {ANSWER_FILE}",
        f"scenario: {SCENARIO}",
        "hints:",
        *(f"  - {json.dumps(hint, ensure_ascii=False)}" for hint in draft.hints),
    ]
    if draft.machines:
        lines.append("machines:")
        for machine, cores, policy in draft.machines:
            lines.append(f'  {machine}: {{ cores: {cores}, policy: "{policy}" }}')
    lines.append("checks:")
    for question in draft.questions:
        lines += [
            "  - answer:",
            f"      key: {question.key}",
            f"      ask: {json.dumps(question.ask, ensure_ascii=False)}",
            f"      {question.kind}: {question.what}",
        ]
        if question.machine:
            lines.append(f"      machine: {question.machine}")
        lines.append(f"    points: {question.points}")
    return "\n".join(lines) + "\n"


FORMS = {
    "outcomes": "a list of values, as in [1, 2]",
    "schedules": "a whole number",
    "flaw": "true or false",
    "metric": "a number, as in 7 or 6.67 or 20/3",
    "timeline": "who runs at each tick, as in [a, a, b, idle]",
    "reach": "the threads in the order in which they move, as in [a, b, b]",
}


def _answers(draft: Draft) -> str:
    lines = []
    for question in draft.questions:
        lines += [f"# {question.ask}", f"# ({FORMS[question.kind]})", f"{question.key}:", ""]
    return "\n".join(lines)


# -- the kinds -----------------------------------------------------------------------------------


def scheduling(dice: Dice) -> Draft:
    """Threads that arrive and want the core; metrics under one policy, the timeline of another."""
    count = dice.number(3, 4)
    policy = dice.one(POLICIES[:3])
    quantum = dice.number(2, 3)
    rows = []
    for number in range(count):
        arrival = 0 if number == 0 else dice.number(0, 2 * number)
        rows.append((NAMES[number], arrival, dice.number(1, 6)))
    asked = dice.one(rows[1:])[0]
    threads = "\n".join(
        f"thread {name} with arrival {arrival} {{ work {work} }}" for name, arrival, work in rows
    )
    table = "\n".join(f"| {name} | {arrival} | {work} |" for name, arrival, work in rows)
    return Draft(
        title=f"A table under {policy}",
        theme="scheduling",
        difficulty=2,
        prompt=f"""
These threads share one core:

| thread | arrival | work |
| --- | --- | --- |
{table}

Fill in `answer.yaml` with pencil and paper. Switching costs nothing; where two threads are alike,
the one that queued first (then: the one declared first) goes first.
""",
        scenario=f"// One core; when does who run?\nprocessor cpu {{ cores 1 }}\n\n{threads}\n",
        questions=(
            Question(
                f"turnaround_{asked}",
                f"What is the turnaround of {asked} under {policy}?",
                "metric",
                f"turnaround({asked})",
                1,
                "first",
            ),
            Question(
                "average_turnaround",
                f"What is the average turnaround under {policy}?",
                "metric",
                "average(turnaround)",
                2,
                "first",
            ),
            Question(
                "average_waiting",
                f"What is the average waiting time under {policy}?",
                "metric",
                "average(waiting)",
                2,
                "first",
            ),
            Question(
                "timeline",
                f"Who runs at each tick under round robin with quantum {quantum}?",
                "timeline",
                "cpu",
                3,
                "second",
            ),
        ),
        hints=(
            "Draw the time axis, mark the arrivals, and ask at every tick at which something "
            "changes: who is ready, and whom does the policy take?",
            "Turnaround is the end minus the arrival; waiting is the turnaround minus the work.",
            "Round robin: who used up the quantum goes to the end of the queue, behind a thread "
            "that arrives at the same tick.",
        ),
        machines=(("first", 1, policy), ("second", 1, f"round_robin(quantum: {quantum})")),
    )


def interleavings(dice: Dice) -> Draft:
    """Threads that only write: how many orders are there?"""
    count = dice.number(2, 3)
    writes = [dice.number(1, 4 if count == 2 else 2) for _ in range(count)]
    cells = "".join(f"shared {name}_at = 0\n" for name in NAMES[:count])
    threads = "".join(
        f"thread {name} {{ {'; '.join(f'{name}_at = {n + 1}' for n in range(steps))} }}\n"
        for name, steps in zip(NAMES[:count], writes, strict=True)
    )
    told = ", ".join(f"{n} of {name}" for name, n in zip(NAMES[:count], writes, strict=True))
    return Draft(
        title="How many interleavings?",
        theme="interleavings",
        difficulty=2,
        prompt=f"""
Each write is one step, and any thread may take the next step at any time ({told}).
How many different schedules are there?
""",
        scenario=f"// Every write is a step of its own.\n{cells}\n{threads}",
        questions=(
            Question(
                "schedules",
                "How many complete schedules are there?",
                "schedules",
                "complete",
                3,
            ),
            Question("race", "Is there a data race?", "flaw", "race"),
        ),
        hints=(
            "A schedule is a word with one letter per step. How many such words are there?",
            "Of n steps in all, choose which are those of the first thread; then of the rest those "
            "of the second …",
        ),
    )


def outcomes(dice: Dice) -> Draft:
    """Two threads on one variable: which values can it have at the end?"""
    start = dice.number(0, 3)
    first, second = dice.number(1, 4), dice.number(2, 4)
    third = dice.one((f"x *= {second}", f"x = {second}", f"x -= {second}"))
    more = dice.one(("", f"; x += {dice.number(1, 3)}"))
    return Draft(
        title="What can x be?",
        theme="races",
        difficulty=2,
        prompt=f"""
`x` is {start} at first. `x += 1` is two steps, a read and a write, and the other thread may come in
between. `x = 1` is a single step, a write. Which values can `x` have when both threads are done?
""",
        scenario=(
            "// Reads and writes are steps of their own.\n"
            f"shared x = {start}\n\nthread a {{ x += {first}{more} }}\nthread b {{ {third} }}\n"
        ),
        questions=(
            Question("values", "All values that x can have at the end", "outcomes", "x", 3),
            Question("schedules", "How many schedules are there?", "schedules", "complete", 2),
        ),
        hints=(
            "Write the steps of each thread on cards: a reads, a writes, b reads, b writes.",
            "A write puts down what was computed from the value read before, whatever has happened "
            "since.",
        ),
    )


def deadlock(dice: Dice) -> Draft:
    """Threads that take two locks each: can they block each other?"""
    count = dice.number(2, 3)
    locks = ["red", "green", "blue"][: max(2, count)]
    bodies, taken = [], []
    for _ in range(count):
        one = dice.one(locks)
        two = dice.one([lock for lock in locks if lock != one])
        taken.append((one, two))
    if not _circle(taken):  # make it one: the last closes the way of the first
        taken[-1] = (taken[0][1], taken[0][0])
    for name, (one, two) in zip(NAMES, taken, strict=False):
        bodies.append(
            f"thread {name} {{\n  acquire {one}\n  acquire {two}\n  work 1\n"
            f"  release {two}\n  release {one}\n}}\n"
        )
    declared = "".join(f"lock {lock}\n" for lock in locks if any(lock in pair for pair in taken))
    return Draft(
        title="Find the deadlock",
        theme="deadlock",
        difficulty=2,
        prompt="""
Each thread takes two locks. Find a schedule after which nobody can move any more, and write down
who moves at each step. Taking and giving back a lock is a step each; `work` is none.
""",
        scenario=f"// Who waits for whom?\n{declared}\n" + "\n".join(bodies),
        questions=(
            Question("way", "A schedule that ends in a deadlock", "reach", "deadlock", 3),
            Question("bad", "How many schedules end in a deadlock?", "schedules", "deadlocked", 2),
        ),
        hints=(
            "Who holds a lock that another one wants, while it wants one of theirs?",
            "Let every thread of the circle take its first lock, and nothing more.",
        ),
    )


def _circle(taken: list[tuple[str, str]]) -> bool:
    """Do some threads take the same locks in opposite orders, or around a ring?"""
    after = {one: {two for o, two in taken if o == one} for one, _ in taken}
    for start in after:
        seen: set[str] = set()
        open_ = [start]
        while open_:
            for two in sorted(after.get(open_.pop(), ())):
                if two == start:
                    return True
                if two not in seen:
                    seen.add(two)
                    open_.append(two)
    return False


KINDS: dict[str, Callable[[Dice], Draft]] = {
    "scheduling": scheduling,
    "interleavings": interleavings,
    "outcomes": outcomes,
    "deadlock": deadlock,
}
