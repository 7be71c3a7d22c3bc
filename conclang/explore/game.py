"""One schedule made by hand: where it stands, who may move next, and where the dangers lie.

A *position* is a state of the explorer's machine and the steps that led to it. From there

* `choices` lists everybody's next micro-op: one entry for each way it can go (waiters a signal may
  wake, arms of a select, branches of a `choose`), and one for everybody who cannot move, with why;
* `danger` looks for the nearest failure: breadth first, so the way is the shortest there is;
* `escape` looks for a way to the end on which nothing fails.

Both are bounded searches over the same steps as `check`, without any reduction; when the bound is
reached they say that they do not know. A failure here is what `check` would show as a finding of
one schedule: a run-time error, a failed assertion, a deadlock or leak, two threads that stand at
conflicting accesses, an `always`/`never` that is false, too many in a section, an end that a
`finally` forbids, an update that is lost. What only endless schedules or all of them together show
is no failure of a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from conclang.events.schedule import Schedule, untimed
from conclang.explore.cause import wait_sentence
from conclang.explore.driver import open_search
from conclang.explore.flow import WRITING, Flow
from conclang.explore.names import ASLEEP, FINISHED, SPINNING, Names
from conclang.explore.property import Questions, questions
from conclang.explore.reports import FIRST_LIMIT, SearchOptions
from conclang.explore.story import moves, sentence
from conclang.explore.values import cell_of
from conclang.explore.waiting import blocked
from conclang.explore.witness import Path, Step
from conclang.ir.program import Program
from conclang.machine.meeting import Meetings
from conclang.machine.state import Machine
from conclang.machine.world import SPARE, World
from conclang.record import record

AT = 1
PATIENCE = 100_000
"""States that a look ahead may take."""

Words = Sequence[int]
Edge = tuple[int, int, int, list[int]]  # entity, branch, fault, words
Key = tuple[int, ...]
Link = tuple[Key | None, int, int]  # the state before, entity, branch


@record
class Option:
    """What an entity could do next; `branch` -1: it cannot move, and `text` says why."""

    entity: int
    branch: int
    name: str
    text: str
    line: int
    fails: bool = False


@record
class Way:
    """What a look ahead came to: the steps to what was looked for, or why there are none.

    `found` False and `known` True: there is no such way, however the choices are made.
    """

    found: bool
    known: bool
    steps: tuple[tuple[int, int], ...] = ()
    states: int = 0
    trouble: str = ""


@record
class Trouble:
    """Something that has gone wrong at a position."""

    kind: str
    text: str


class Game:
    """The steps taken so far; steps taken back are kept until another one is taken."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.questions: Questions = questions(program)
        wanted = SearchOptions(
            predicates=self.questions.predicates, sections=self.questions.sections
        )
        self.search: Any = open_search(Machine(program), wanted)
        self.names = Names(program, self.search)
        self.meetings = Meetings(program)
        self.world = _booted(self.search.machine)
        self.room = len(program.threads)
        self.start = 0
        self.taken: list[Step] = []
        self.undone: list[tuple[int, int]] = []
        self.fault: tuple[int, int, tuple[int, ...]] | None = None
        self.state: list[int] = []
        self.known: set[Trouble] = set()  # what has shown already and is no news
        self.lost: set[str] = set()
        self.immediate = frozenset(Flow(program).immediate)
        self._enter(0)

    # -- moving -------------------------------------------------------------------------------

    def _enter(self, start: int) -> None:
        """Stand at one of the initial states, or at what a choice before the first step broke."""
        found = self._start(start)
        assert found is not None
        code, pc, values, words = found
        self.start, self.taken, self.state = start, [], words
        self.fault = (code, pc, values) if code else None

    def _start(self, index: int) -> tuple[int, int, tuple[int, ...], list[int]] | None:
        """An initial state, or what comes instead; None: there are not so many."""
        return next(islice(self.search.initials(), max(index, 0), None), None)

    def take(self, entity: int, branch: int = 0) -> bool:
        """Take a step; False when it is not possible here."""
        if self.fault is not None:
            return False
        for t, b, code, pc, values, words in self.search.successors(self.state):
            if (t, b) != (entity, branch):
                continue
            self.taken.append(Step(t, b, self.state))
            self.fault = (code, pc, values) if code else None
            if not code:
                self.state = words
            if self.undone and self.undone[-1] == (entity, branch):
                self.undone.pop()
            else:
                self.undone.clear()
            return True
        return False

    def back(self) -> bool:
        """Take the last step back."""
        if not self.taken:
            return False
        step = self.taken.pop()
        self.undone.append((step.entity, step.branch))
        self.state, self.fault = list(step.before), None
        return True

    def forth(self) -> bool:
        """Take the step again that was taken back last."""
        return bool(self.undone) and self.take(*self.undone[-1])

    def restart(self) -> None:
        """Back to the beginning; all steps can be taken again one by one."""
        while self.back():
            pass

    def play(self, schedule: Schedule) -> int:
        """Take the steps of a schedule from the start; how many could be taken."""
        if schedule.initial < 0 or self._start(schedule.initial) is None:
            return 0
        self._enter(schedule.initial)
        self.undone.clear()
        for count, choice in enumerate(schedule.choices):
            if not self.take(choice.thread, max(choice.branch, 0)):
                return count
        return len(schedule.choices)

    @property
    def schedule(self) -> Schedule:
        """The steps taken, as `replay` takes them."""
        steps = [(step.entity, step.branch) for step in self.taken]
        return untimed(steps, self.program.digest, self.start)

    @property
    def path(self) -> Path:
        end = None if self.fault is not None else self.state
        return Path(self.start, tuple(self.taken), end, self.fault)

    @property
    def over(self) -> bool:
        """Can nobody move any more?"""
        return self.fault is not None or next(self.search.successors(self.state), None) is None

    # -- looking ------------------------------------------------------------------------------

    def options(self) -> list[Option]:
        """Everybody's next step, in order of declaration, the blocked ones with the reason."""
        if self.fault is not None:
            return []
        ways: dict[int, list[tuple[int, int, list[int]]]] = {}
        for t, branch, code, _, _, words in self.search.successors(self.state):
            ways.setdefault(t, []).append((branch, code, words))
        waits = {w.entity: w for w in blocked(self.names, self.state)}
        found = []
        for t in range(self.state[0]):
            if t in ways:
                found += [self._option(t, *way) for way in ways[t]]
            elif t in waits:
                said = wait_sentence(self.names, self.state, waits[t], self.path)
                found.append(self._standing(t, said))
        return found

    def _option(self, t: int, branch: int, code: int, words: list[int]) -> Option:
        status, pc = self.names.status(self.state, t), self.names.pc(self.state, t)
        after = None if code else words
        if status == AT:
            said = sentence(self.names, self.state, t, after, branch)
        else:
            said = "wakes up without a signal" if status == ASLEEP else "goes on after its signal"
        name = self.names.entity(self.state, t)
        return Option(t, branch, name, said, self.names.site(pc).line, code != 0)

    def _standing(self, t: int, said: str) -> Option:
        name, line = self.names.entity(self.state, t), self.names.site(self._pc(t)).line
        return Option(t, -1, name, said.removeprefix(f"{name} "), line)

    def _pc(self, t: int) -> int:
        """Where t stands; a sleeper stands at its `wait`."""
        pc = self.names.pc(self.state, t)
        return pc - 1 if self.names.status(self.state, t) == ASLEEP else pc

    def lines(self) -> dict[int, list[int]]:
        """Who stands at which line of the source."""
        found: dict[int, list[int]] = {}
        for t in range(self.state[0]):
            if self.names.status(self.state, t) != FINISHED:
                found.setdefault(self.names.site(self._pc(t)).line, []).append(t)
        return found

    def finished(self) -> list[str]:
        """Who has come to its end."""
        done = [t for t in range(self.state[0]) if self.names.status(self.state, t) == FINISHED]
        return [self.names.entity(self.state, t) for t in done]

    def last_move(self) -> str:
        """The step just taken, in words."""
        if not self.taken:
            return ""
        move = moves(self.names, self.path)[-1]
        return f"{move.thread} {move.text} (line {move.line})"

    # -- dangers ------------------------------------------------------------------------------

    def troubles(self) -> list[Trouble]:
        """What has gone wrong at this position, in the state itself."""
        if self.fault is not None:
            return [Trouble("error", "")]
        return list(self._troubles(self.state, self._edges(self.state)))

    def danger(self, lost: Iterable[str] = (), patience: int = PATIENCE) -> Way:
        """The shortest way from here to a failure that has not shown yet.

        `lost`: the lost updates that have been told of, as `lost update of count`.
        """
        if self.fault is not None:
            return Way(True, True, (), 1, "error")
        self.known, self.lost = self._met(), set(lost)
        return self._look(patience, self._fails, hurts=True)

    def _met(self) -> set[Trouble]:
        """What the states on the way here have shown, other than that nobody moves."""
        states = [*(list(step.before) for step in self.taken), self.state]
        found = {t for words in states for t in self._troubles(words, self._edges(words))}
        return {t for t in found if t.kind in ("race", "expectation")}

    def escape(self, patience: int = PATIENCE) -> Way:
        """The shortest way to an end of everybody on which nothing fails."""
        if self.fault is not None or any(self._troubles(self.state, self._edges(self.state))):
            return Way(False, True)
        return self._look(patience, self._ends_well, hurts=False)

    def _look(self, patience: int, wanted: Any, hurts: bool) -> Way:
        """Breadth first until `wanted` names something; steps that fail are not walked.

        What it names may lie a step or two further on: then a nearer one is still looked for.
        """
        root = tuple(self.state)
        seen: dict[Key, Link] = {root: (None, -1, -1)}
        layer, depth, best = [root], 0, Way(False, True)
        while layer and not (best.found and len(best.steps) <= depth):
            following: list[Key] = []
            for key in layer:
                edges = self._edges(list(key))
                told, last = wanted(list(key), edges)
                if told and not (best.found and len(best.steps) <= depth + len(last)):
                    best = Way(True, True, (*_back(seen, key), *last), 0, told)
                if told or (not hurts and any(self._troubles(list(key), edges))):
                    continue
                self._follow(key, edges, seen, following)
                if len(seen) > patience:
                    return best if best.found else Way(False, False, (), len(seen))
            layer, depth = following, depth + 1
        return best if best.found else Way(False, True, (), len(seen))

    def _follow(
        self, key: Key, edges: list[Edge], seen: dict[Key, Link], following: list[Key]
    ) -> None:
        """The states after a state that are new."""
        for entity, branch, fault, words in edges:
            after = tuple(words)
            if not fault and after not in seen:
                seen[after] = (key, entity, branch)
                following.append(after)

    def _edges(self, words: list[int]) -> list[Edge]:
        return [
            (t, branch, code, after)
            for t, branch, code, _, _, after in self.search.successors(words)
        ]

    def _fails(self, words: list[int], edges: list[Edge]) -> tuple[str, tuple[Any, ...]]:
        """The failure in a state, or the one a single step leads to."""
        for trouble in self._troubles(words, edges):
            if trouble not in self.known:
                return trouble.kind + (f" on {trouble.text}" * (trouble.kind == "race")), ()
        for entity, branch, fault, _ in edges:
            if fault and fault < FIRST_LIMIT:
                return "error", ((entity, branch),)
        return self._overtaken(words, edges)

    def _overtaken(self, words: list[int], edges: list[Edge]) -> tuple[str, tuple[Any, ...]]:
        """Somebody is about to write what it has just read, and another writes the cell first."""
        writers: dict[tuple[int, int], int] = {}  # (entity, branch) -> cell
        for entity, branch, fault, _ in edges:
            kind = self.names.kind(self.names.pc(words, entity))
            if not fault and kind in WRITING and self.names.status(words, entity) == AT:
                writers[entity, branch] = self.names.thing(words, entity)[1]
        for late, cell in writers.items():
            if self.names.pc(words, late[0]) not in self.immediate:
                continue
            for early, its_cell in writers.items():
                lost = f"lost update of {cell_of(self.program, cell).name}"
                if cell == its_cell and early[0] != late[0] and lost not in self.lost:
                    return lost, (early, late)
        return "", ()

    def _ends_well(self, words: list[int], edges: list[Edge]) -> tuple[str, tuple[Any, ...]]:
        if edges or any(self._troubles(words, edges)) or self._spins(words):
            return "", ()
        return "end", ()

    def _spins(self, words: Words) -> bool:
        return any(self.names.status(words, t) == SPINNING for t in range(words[0]))

    def _troubles(self, words: list[int], edges: list[Edge]) -> Iterator[Trouble]:
        """What a state shows by itself."""
        real = [e for e in edges if self.names.status(words, e[0]) != ASLEEP]
        if not real and not self._spins(words):
            left = self._left(words)
            if left:
                threads = len(self.program.threads)
                yield Trouble("deadlock" if min(left) < threads else "leak", "")
            if not edges:
                yield from self._end(words)
        yield from self._races(words)
        yield from self._promises(words)

    def _left(self, words: Words) -> list[int]:
        """Who is unfinished and should not be."""
        threads = self.program.threads
        return [
            t
            for t in range(words[0])
            if self.names.status(words, t) != FINISHED
            and not (t < len(threads) and threads[t].attributes.daemon)
        ]

    def _end(self, words: list[int]) -> Iterator[Trouble]:
        for expected in self.questions.expectations:
            if expected.form == "finally" and not self._true(words, expected.code):
                yield Trouble("expectation", f"{expected.text} is false at this end")

    def _promises(self, words: list[int]) -> Iterator[Trouble]:
        for expected in self.questions.expectations:
            if expected.form in ("always", "never"):
                if self._true(words, expected.code) == (expected.form == "never"):
                    yield Trouble("expectation", f"{expected.text} is violated")
            elif expected.form == "at_most":
                at = self.names.place("section_at", expected.section)
                if words[at] > expected.limit:
                    yield Trouble("expectation", f"{expected.text}: {words[at]} are inside")

    def _true(self, words: list[int], code: int) -> bool:
        value, _ = self.search.value(words, code)
        return value is not None and bool(value[0])

    def _races(self, words: list[int]) -> Iterator[Trouble]:
        """Two that stand at conflicting accesses of one cell."""
        pairs = self.meetings.pairs(self._world(words))
        names = (cell_of(self.program, access.cell).name for access, _ in pairs)
        for name in dict.fromkeys(names):
            yield Trouble("race", name)

    def _world(self, words: list[int]) -> World:
        """A world that stands where these words say."""
        if self.room < words[0]:
            self.room = words[0] + SPARE
            self.world = _booted(self.search.machine, self.room)
        for index, word in enumerate(words):  # the first one says how many entities there are
            self.world.set_word(index, word)
        return self.world


def _booted(machine: Machine, room: int = 0) -> World:
    world = World(machine, room)
    world.boot()
    return world


def _back(seen: dict[Key, Link], key: Key) -> tuple[tuple[int, int], ...]:
    """The steps from the root to a state."""
    steps = []
    here: Key | None = key
    while here is not None:
        before, entity, branch = seen[here]
        if before is not None:
            steps.append((entity, branch))
        here = before
    return tuple(reversed(steps))
