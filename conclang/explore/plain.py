"""Breadth-first search through all states (plain engine).

The twin of `search.py` and `store.py`: the same doors, the same order of discovery, the same
reports; visited states are keys of a dict. Where the two differ, this one is right.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from array import array
from typing import Any

from conclang.explore.reports import (
    END,
    FAILED,
    FAULT,
    FIRST_LIMIT,
    LOST,
    RACE,
    SECTION,
    SPIN,
    STUCK,
    TRUTH,
    SearchOptions,
    asserted,
)
from conclang.machine.opcodes import (
    ASLEEP,
    AT,
    ATOMIC,
    FAULT_ASSERTION,
    FAULT_NO_ROOM,
    FETCH_ADD,
    FINISHED,
    PC,
    READ,
    SPINNING,
    STORE,
    SWAP,
    WIDE,
    WRITE,
)
from conclang.machine.state import length, object_of, record
from conclang.machine.step import clear_branches, evaluate, next_branch, start, step, ways

HEAVIEST = 12
CROWD = 16
NOWHERE = -1
MEETING = (WRITE, STORE, FETCH_ADD, SWAP)
NO_STATE = 0xFFFFFFFF
FIRST_BITS = (1 << 63) - 1
LAST = 1 << 63
LARGEST_STATE = 1 << 22


class Worker:
    """Expands states."""

    def __init__(self, search: Search, context: Any, ahead: Any) -> None:
        self.search = search
        self.machine = search.machine
        self.context = context
        self.ahead = ahead
        self.seen: set[tuple[int, ...]] = set()
        self.reports: list[tuple[int, tuple[int, ...], int, int]] = []
        self.transitions = 0
        self.starved = False
        self.state: list[int] = []
        self.child: list[int] = []
        self.candidates: list[tuple[int, int, int, int, tuple[int, ...]]] = []
        self.size = self._room()
        self.last, self.spent, self.last_can = -1, 0, False

    def _room(self) -> int:
        machine = self.machine
        more = max(0, self.context.room - machine.threads)
        return int(machine.dynamic + machine.slack + 64 + machine.stride * more)

    def larger(self) -> bool:
        """Room for more entities; False when a state gets too large."""
        self.context.room = self.ahead.room = self.context.room * 2 + 2
        self.size = self._room()
        self.state += [0] * (self.size - len(self.state))
        return self.size <= LARGEST_STATE

    def explore(self, begin: int, end: int) -> None:
        """Phase 1 for a share of the frontier."""
        for place in self.search.frontier[begin:end]:
            self.expand(place)

    def enter(self, share: int, shares: int) -> None:
        """Phase 2 happens in phase 3 here."""

    def expand(self, place: int) -> None:
        key = self.search.keys[place]
        state = self.state = [*key, *[0] * (self.size - len(key))]
        if self.search.bounded:
            end = length(self.machine, state)
            self.last, self.spent = state[end] - 1, state[end + 1]
            self.last_can = self.last >= 0 and self.may_step(self.last)
            state[end] = state[end + 1] = 0
        self.inspect(place)
        machine, context = self.machine, self.context
        moves = real = spinning = False
        for t in range(state[0]):
            status = state[record(machine, t)]
            if status == FINISHED:
                continue
            if status == SPINNING:
                spinning = True
                continue
            if t in self.search.follows and self.is_twin(t):
                continue
            for way in range(ways(machine, context, state, t)):
                moves = True
                real = real or status != ASLEEP
                if not self.search.bounded or self.price(t) <= self.search.allowed:
                    self.alternatives(t, way, place)
        if not moves:
            self.ended(place, SPIN if spinning else END)
        elif not real and not spinning:
            self.ended(place, STUCK)

    def alternatives(self, t: int, way: int, place: int) -> None:
        """The successors by one way of one entity: one for each branch of `choose`."""
        machine, context, more = self.machine, self.context, True
        clear_branches(context)
        while more:
            self.child = self.state[:]
            fault = step(machine, context, self.child, t, way)
            if fault == FAULT_NO_ROOM and self.larger():
                clear_branches(context)
                continue
            self.transitions += 1
            if fault:
                self.failed(place, t, fault, context.fault_pc)
                if self.search.keep:
                    self.candidates.append((place, -1, t, 1 << min(t, 63), ()))
            else:
                self.emit(t, place)
            more = next_branch(context)

    def failed(self, place: int, t: int, fault: int, pc: int) -> None:
        """A step that fails: what and where, and the cells as it leaves them."""
        self.report(place, t, FAULT, (fault, pc, t))
        if fault < FIRST_LIMIT:
            cells = self.child[self.machine.cells : self.machine.locks]
            self.report(place, t, FAILED, tuple(cells))

    def emit(self, t: int, parent: int) -> None:
        moved = self.moved(t) if self.search.keep and t >= 0 else 0
        weight = self.fuse(t) if t >= 0 else 0
        self.canonical()
        key = tuple(self.child[: length(self.machine, self.child)])
        if self.search.bounded:
            free = t < 0 or self.has_yielded(t)
            key += (0 if free else t + 1, 0 if t < 0 else self.price(t))
        self.candidates.append((parent, weight, t, moved, key))

    def may_step(self, t: int) -> bool:
        """Could t go on in the state at hand?"""
        status = self.state[record(self.machine, t)]
        return status not in (FINISHED, SPINNING) and self.able(t)

    def price(self, t: int) -> int:
        """Preemptions spent once t takes the next step."""
        return self.spent + (self.last_can and t != self.last)

    def has_yielded(self, t: int) -> bool:
        """Has the last step of t taken it past a `yield`?"""
        at = record(self.machine, t) + PC
        return (self.state[at], self.child[at]) in self.search.yields

    def fuse(self, t: int) -> int:
        """Take the left-movers that follow at once; how many steps the whole is."""
        machine, ahead, fusable = self.machine, self.ahead, self.search.fusable
        weight, at = 1, record(machine, t)
        any_ = fusable or self.search.guard_of
        while any_ and weight < HEAVIEST and self.child[at] == AT:
            pc = self.child[at + PC]
            if machine.code[pc * WIDE] not in fusable and not self.is_guarded(t, pc):
                break
            if ways(machine, ahead, self.child, t) != 1:
                break
            clear_branches(ahead)
            later = self.child[:]
            if step(machine, ahead, later, t, 0) or next_branch(ahead):
                break
            self.child = later
            weight += 1
        return weight

    def canonical(self) -> None:
        """Bring interchangeable threads into their standing order."""
        for first, last in self.search.groups:
            order = sorted(range(first, last), key=self._standing)
            if order == list(range(first, last)):
                continue
            records = [self._record(t) for t in order]
            for t, words in zip(range(first, last), records, strict=True):
                at = record(self.machine, t)
                self.child[at : at + len(words)] = words
            names = {old + 1: new + 1 for old, new in zip(order, range(first, last), strict=True)}
            for place in self.search.owners:
                self.child[place] = names.get(self.child[place], self.child[place])

    def is_twin(self, t: int) -> bool:
        """Is t in every respect like the interchangeable thread before it?

        Then its steps lead to the same states as those of the other. Threads that own something
        are told apart without a closer look.
        """
        first, second, end = (record(self.machine, u) for u in (t - 1, t, t + 1))
        if self.state[first:second] != self.state[second:end]:
            return False
        return all(self.state[place] not in (t, t + 1) for place in self.search.owners)

    def _record(self, t: int) -> list[int]:
        return self.child[record(self.machine, t) : record(self.machine, t + 1)]

    def _standing(self, t: int) -> tuple[list[int], list[bool]]:
        """The standing order: by the words of the record, then who owns the first lock."""
        return self._record(t), [self.child[place] != t + 1 for place in self.search.owners]

    def moved(self, t: int) -> int:
        """Who has moved in this step, as bits: the actor, its partner, and all it has changed.

        Who merely lost or got a loop or a worker has not moved.
        """
        machine, bits = self.machine, 1 << min(t, 63)
        if self.context.partner >= 0:
            bits |= 1 << min(self.context.partner, 63)
        for u in range(self.state[0]):
            at, end = record(machine, u), record(machine, u + 1)
            if self.state[at:end] != self.child[at:end] and any(
                self.state[at + i] != self.child[at + i]
                for i in range(end - at)
                if i not in (machine.at_worker, machine.at_holder)
            ):
                bits |= 1 << min(u, 63)
        return bits

    def inspect(self, place: int) -> None:
        """Predicates, sections and races in the state."""
        search, truth = self.search, 0
        for index, code in enumerate(search.predicates):
            value = evaluate(self.machine, self.context, self.state, code)
            truth |= (value > 0) << index
            fault = self.context.fault if value < 0 else 0
            self.report(place, -1, TRUTH, (index, value, fault))
        for index, (where, limit) in enumerate(search.sections):
            if self.state[where] > limit:
                self.report(place, -1, SECTION, (index,))
        if search.look_for_races:
            self.races(place)
        if search.immediate:
            self.overtaken(place)
        if search.keep:
            search.marks[place] = truth

    def races(self, place: int) -> None:
        """Pairs whose next micro-ops touch the same cell, one of them writing."""
        machine, state = self.machine, self.state
        there: list[tuple[int, int, int, int]] = []
        for t in range(state[0]):
            at = record(machine, t)
            if state[at] != AT:
                continue
            kind = machine.code[state[at + PC] * WIDE]
            if kind == ATOMIC:
                self.atomic_races(t, place)
            if kind not in (READ, WRITE):
                continue
            cell, pc = object_of(machine, state, t), state[at + PC]
            self.note_guard(t, cell)
            for u, other, its_cell, its_pc in there:
                if cell != its_cell or (kind == READ and other == READ) or self.same_loop(t, u):
                    continue
                if machine.tasks and not (self.able(t) and self.able(u)):
                    continue
                self.report(place, t, RACE, (cell, its_pc, pc, *self.pair(u, t)))
            there.append((t, kind, cell, pc))

    def note_guard(self, t: int, cell: int) -> None:
        """Which locks are held at every access to a cell; is the one that we rely on?"""
        search, locks = self.search, self.machine.locks
        if search.guard_of:
            lock = search.guard_of[cell]
            if lock >= 0 and self.state[locks + (lock >> 1)] != t + 1:
                search.unguarded = True
        elif search.guards and search.guards[cell]:
            count = min(self.machine.lock_count, 62)
            held = sum(1 << i for i in range(count) if self.state[locks + i] == t + 1)
            search.guards[cell] &= held

    def is_guarded(self, t: int, pc: int) -> bool:
        """Is this an access to a cell whose lock t holds, so that nobody else can be there?"""
        machine, kind = self.machine, self.machine.code[pc * WIDE]
        if not self.search.guard_of or kind not in (READ, WRITE):
            return False
        lock = self.search.guard_of[object_of(machine, self.child, t)]
        if lock < 0 or (kind == WRITE and lock & 1):
            return False
        return bool(self.child[machine.locks + (lock >> 1)] == t + 1)

    def atomic_races(self, t: int, place: int) -> None:
        """Accesses inside an indivisible block against accesses of others outside of one.

        What the block touches is seen by taking it from here, in all its branches.
        """
        machine, ahead = self.machine, self.ahead
        if not self.able(t):
            return
        clear_branches(ahead)
        ahead.logging, more = True, True
        while more:
            step(machine, ahead, self.state[:], t, 0)
            for note in ahead.records():
                if note[0] in (READ, WRITE):
                    self.atomic_access(t, note[0], note[3], place)
            more = next_branch(ahead)
        ahead.logging = False

    def atomic_access(self, t: int, kind: int, cell: int, place: int) -> None:
        """One access inside the block of t against the next micro-ops of all others."""
        machine, state = self.machine, self.state
        for u in range(state[0]):
            at = record(machine, u)
            if u == t or state[at] != AT:
                continue
            other = machine.code[state[at + PC] * WIDE]
            if other != WRITE and (other != READ or kind != WRITE):
                continue
            if object_of(machine, state, u) != cell or self.same_loop(t, u):
                continue
            if machine.tasks and not self.able(u):
                continue
            self.report(
                place, t, RACE, (cell, state[record(machine, t) + PC], state[at + PC], t, u)
            )

    def overtaken(self, place: int) -> None:
        """Somebody is about to write what it has just read, and another is about to write too."""
        machine, state = self.machine, self.state
        there = [(t, record(machine, t)) for t in range(state[0])]
        there = [(t, at) for t, at in there if state[at] == AT]
        for t, at in there:
            if state[at + PC] not in self.search.immediate:
                continue
            cell = object_of(machine, state, t)
            for u, its in there:
                if u == t or machine.code[state[its + PC] * WIDE] not in MEETING:
                    continue
                if object_of(machine, state, u) == cell and self.able(u):
                    pcs = (state[at + PC], state[its + PC])
                    self.report(place, t, LOST, (cell, *pcs, *self.pair(t, u)))

    def pair(self, t: int, u: int) -> tuple[int, int]:
        """Among many threads it is not told of every pair that it meets."""
        return (0, 0) if self.state[0] > CROWD else (t, u)

    def able(self, t: int) -> bool:
        return bool(ways(self.machine, self.context, self.state, t))

    def same_loop(self, t: int, u: int) -> bool:
        """Do both run on one event loop?"""
        machine, at = self.machine, self.machine.at_loop
        if at < 0:
            return False
        loop = self.state[record(machine, t) + at]
        return bool(loop and loop == self.state[record(machine, u) + at])

    def ended(self, place: int, kind: int) -> None:
        """Nothing can happen any more: who has not finished, and the cells."""
        words = []
        for t in range(self.state[0]):
            status = self.state[record(self.machine, t)]
            words.append(1 if status == FINISHED else 2 if status == SPINNING else 0)
        words += self.state[self.machine.cells : self.machine.locks]
        self.report(place, -1, kind, tuple(words))

    def report(self, place: int, t: int, kind: int, words: tuple[int, ...]) -> None:
        """Say something once."""
        if (kind, *words) not in self.seen:
            self.seen.add((kind, *words))
            self.reports.append((kind, words, place, t))


class Search:
    """The states found so far, and the way on."""

    def __init__(
        self, machine: Any, options: SearchOptions, contexts: list[tuple[Any, Any]]
    ) -> None:
        self.machine = machine
        self.keep = options.keep
        self.look_for_races = options.races
        self.predicates = options.predicates
        self.sections = [(machine.section_at[s], limit) for s, limit in options.sections]
        self.fusable = frozenset(options.fusable)
        self.immediate = frozenset(options.immediate)
        cells = machine.locks - machine.cells
        self.guard_of = options.guards
        watched = options.keep and machine.lock_count and not options.guards
        self.guards = [LAST | FIRST_BITS] * cells if watched else []
        self.unguarded = False
        self.bounded = options.preemptions >= 0
        self.allowed = options.preemptions
        self.yields = frozenset(options.yields)
        self.groups = options.groups
        self.follows = {t for first, last in options.groups for t in range(first + 1, last)}
        self.owners = [machine.locks + i for i in range(machine.lock_count)]
        self.owners += [machine.rwlocks + 2 * i for i in range(machine.rwlock_count)]
        self.keys: list[tuple[int, ...]] = []
        self.index: dict[tuple[int, ...], int] = {}
        self.parents: list[int] = []
        self.frontier: list[int] = []
        self.waiting: list[list[int]] = [[] for _ in range(HEAVIEST + 1)]
        self.edges: list[tuple[int, int, int, int]] = []
        self.marks: list[int] = []
        self.done = self.states = self.depth = 0
        self.workers = [Worker(self, *contexts[0])]

    def begin(self) -> None:
        """Enter the initial states."""
        worker = self.workers[0]
        context = worker.context
        clear_branches(context)
        more = True
        while more:
            worker.child = [0] * worker.size
            fault = start(self.machine, context, worker.child)
            if fault:
                worker.failed(NOWHERE, context.fault_entity, fault, context.fault_pc)
            else:
                worker.emit(-1, NOWHERE)
            more = next_branch(context)
        self.collect(worker)
        self.shift(0)

    def refit(self) -> bool:
        """States have no shape here."""
        return False

    def open(self) -> int:
        return len(self.frontier) - self.done

    def worked(self) -> int:
        return self.done

    def ahead(self) -> int:
        return sum(map(len, self.waiting))

    def finish(self, count: int) -> None:
        for worker in self.workers:
            self.collect(worker)
        self.done += count

    def collect(self, worker: Worker) -> None:
        """Number what is new and put it into the frontier of its depth."""
        for parent, weight, actor, moved, key in worker.candidates:
            if weight < 0:
                self.edges.append((parent, NO_STATE, moved, actor))
                continue
            number = self.index.setdefault(key, self.states)
            if number == self.states:
                self.keys.append(key)
                self.parents.append(parent)
                self.marks.append(0)
                self.waiting[weight].append(number)
                self.states += 1
            if self.keep and parent != NOWHERE:
                self.edges.append((parent, number, moved, actor))
        worker.candidates = []

    def shift(self, by: int = 1) -> None:
        """Go on to the next depth."""
        self.frontier = self.waiting[by]
        self.done = 0
        self.depth += by
        self.waiting = [[], *self.waiting[by + 1 :], *[[] for _ in range(by)]]

    def memory(self) -> int:
        """A rough figure: words of the keys, and what Python adds."""
        if not self.keys:
            return 0
        return self.states * (200 + 8 * len(self.keys[-1])) + 200 * len(self.edges)

    def words(self, place: int) -> list[int]:
        key = list(self.keys[place])
        return key[:-2] if self.bounded else key

    def mover(self, place: int) -> int:
        """Who took the last step to a state, if preemptions are counted; -1: not known."""
        return self.keys[place][-2] - 1 if self.bounded else -1

    def parent(self, place: int) -> int | None:
        parent = self.parents[place]
        return None if parent == NOWHERE else parent

    def number(self, place: int) -> int:
        return place

    def places(self) -> list[int]:
        return list(range(self.states))

    def find(self, words: list[int]) -> int | None:
        return self.index.get(tuple(words))

    def guarding(self) -> tuple[int, ...]:
        """Per word of memory the lock held at every access seen, -1: none, or no access."""
        return tuple(
            (mask & -mask).bit_length() - 1 if mask and not mask & LAST else -1
            for mask in self.guards
        )

    def graph(self) -> tuple[bytes, bytes, bytes, bytes]:
        """(source and target numbers, masks of who moved, actors, truths per state) as bytes."""
        edges = array("Q", [source << 32 | target for source, target, _, _ in self.edges])
        masks = array("Q", [edge[2] for edge in self.edges])
        actors = array("H", [edge[3] for edge in self.edges])
        return edges.tobytes(), masks.tobytes(), actors.tobytes(), array("I", self.marks).tobytes()

    def left_behind(self, daemons: int, most: int) -> list[tuple[int, int, int]]:
        """States in which somebody never moves again while others do: (number, place, mask)."""
        ever = self._ever()
        found = []
        for number, key in enumerate(self.keys):
            mask = self._stuck_at(key, ever[number], daemons)
            if mask:
                found.append((number, number, mask))
                if len(found) >= most:
                    break
        return found

    def _stuck_at(self, state: tuple[int, ...], moving: int, daemons: int) -> int:
        """Who is left behind in a state, as bits; `moving`: who can still move."""
        rest, others = 0, moving & FIRST_BITS != 0
        for t in range(min(state[0], 63)):
            status = state[record(self.machine, t)]
            others = others or status == SPINNING
            if status not in (FINISHED, SPINNING) and not (moving | daemons) >> t & 1:
                rest |= 1 << t
        return rest if others else 0

    def _ever(self) -> list[int]:
        """Per state, as bits, who can still move on some way from there."""
        ever = [0] * self.states
        before: list[list[int]] = [[] for _ in range(self.states)]
        for source, target, mask, _ in self.edges:
            ever[source] |= mask
            if target != NO_STATE:
                before[target].append(source)
        work, waiting = list(range(self.states)), [True] * self.states
        while work:
            state = work.pop()
            waiting[state] = False
            for source in before[state]:
                if ever[state] & ~ever[source]:
                    ever[source] |= ever[state]
                    if not waiting[source]:
                        waiting[source] = True
                        work.append(source)
        return ever

    # -- steps one by one, for witnesses ---------------------------------------------------------

    def initials(self) -> list[tuple[int, int, tuple[int, ...], list[int]]]:
        """The initial states, or the fault that one comes to: (fault, pc, values, words)."""
        worker, context, found, more = self.workers[0], self.workers[0].context, [], True
        clear_branches(context)
        while more:
            worker.child = [0] * worker.size
            fault = start(self.machine, context, worker.child)
            found.append(self._outcome(worker, fault))
            more = next_branch(context)
        return found

    def successors(self, words: list[int]) -> list[tuple[Any, ...]]:
        """Every way on: (entity, branch, fault, pc, values, words), in order.

        After a fault the words are those of a broken state: only its cells mean something.
        """
        worker = self.workers[0]
        self._load(worker, words)
        return [way for t in range(worker.state[0]) for way in self._ways_of(worker, t)]

    def _ways_of(self, worker: Worker, t: int) -> list[tuple[Any, ...]]:
        machine, context = self.machine, worker.context
        found: list[tuple[Any, ...]] = []
        if worker.state[record(machine, t)] in (FINISHED, SPINNING):
            return found
        for way in range(ways(machine, context, worker.state, t)):
            clear_branches(context)
            more = True
            while more:
                worker.child = worker.state[:]
                fault = step(machine, context, worker.child, t, way)
                if fault == FAULT_NO_ROOM and worker.larger():
                    clear_branches(context)
                    continue
                found.append((t, len(found), *self._outcome(worker, fault)))
                more = next_branch(context)
        return found

    def _outcome(self, worker: Worker, fault: int) -> tuple[int, int, tuple[int, ...], list[int]]:
        if fault:
            words = worker.child[: length(self.machine, worker.child)]
            values = worker.context.fault_values()
            if fault == FAULT_ASSERTION:
                values = asserted(worker.context.records())
            return fault, worker.context.fault_pc, values, words
        return 0, -1, (), worker.child[: length(self.machine, worker.child)]

    def _load(self, worker: Worker, words: list[int]) -> None:
        while len(words) + 32 > worker.size and worker.larger():
            pass
        worker.state = [*words, *[0] * (worker.size - len(words))]

    def reduced(self, words: list[int], t: int) -> tuple[int, list[int]]:
        """The state as the search keeps it, after a step of t: (steps, words)."""
        worker = self.workers[0]
        self._load(worker, words)
        worker.child = worker.state[:]
        weight = worker.fuse(t) if t >= 0 else 0
        worker.canonical()
        return weight, worker.child[: length(self.machine, worker.child)]

    def value(self, words: list[int], code: int) -> tuple[tuple[int, ...] | None, int]:
        """The words of an expectation in a state; None with the fault's code if it fails."""
        worker = self.workers[0]
        context = worker.context
        self._load(worker, words)
        if evaluate(self.machine, context, worker.state, code) < 0 and context.fault:
            return None, context.fault
        return tuple(worker.state[context.answer : context.answer + context.answer_count]), 0

    def thing_of(self, words: list[int], t: int) -> int:
        """The index of the object of an entity's next micro-op, -1."""
        self._load(self.workers[0], words)
        return int(object_of(self.machine, self.workers[0].state, t))

    def ways_of(self, words: list[int], t: int) -> int:
        """In how many ways an entity can step."""
        worker = self.workers[0]
        self._load(worker, words)
        if worker.state[record(self.machine, t)] in (FINISHED, SPINNING):
            return 0
        return int(ways(self.machine, worker.context, worker.state, t))

    def record_of(self, t: int) -> int:
        """Where an entity's record begins in a state."""
        return int(record(self.machine, t))
