"""Threads whose index matters change places together with all that belongs to them.

Symmetry (C. N. Ip and D. Dill, "Better verification through symmetry", FMSD 9, 1996; E. M. Clarke,
R. Enders, T. Filkorn, S. Jha, "Exploiting symmetry in temporal logic model checking", same issue).
A permutation of the members of `thread w[i in 0..N]` moves their records, the elements of the
arrays that belong to them, and renames owners and every value that is an index of a member. If the
program does not tell the difference (`indices`), then what can happen in a state can happen in its
image, under other names. Of all images of a state one is kept: the least, word by word.

Three groups of permutations are tried, the largest first: all of them (members that only compare
and store their indices; of many members the first five), those of a ring with and without turning
it over (`(i + 1) % N`: philosophers). Groups of threads of one size may have to move together
(`p[i]` and `c[i]` share `slot[i]`). The exchange of two is the ring of two, so `1 - i` is welcome.

What is not symmetric: whoever looks at the others in a fixed order (`for k in 0..N`) is told apart
by those it has looked at already, so the filter lock and the bakery gain nothing here. A state in
the middle of such a loop has no image that the program can reach.

Nothing that is shown may depend on which image was kept. Ends are reported with all their images,
and a schedule is turned until it ends in the one that is asked for; of those that do, the first in
order of declaration is taken. All of them are real: the first state is its own image. (From any
other first state, as with `turn = 0`, the search would still be right about states, but not about
which images of an end can be reached.)

That images of states step to images of states, and that no answer changes, is tried out on
generated programs in tests/properties/test_indices.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import factorial, prod

from conclang.explore.indices import Group, Indices
from conclang.explore.kinds import Permutation, Renaming, Unsuited
from conclang.explore.property import Questions
from conclang.explore.reports import ENDING, FAILED, LOST, RACE, Report
from conclang.explore.witness import Diverged, Path, Step
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program
from conclang.record import record, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STATUS, PC, FP = 0, 1, 2  # of a record, see machine.state
AT, ASLEEP, AT_BARRIER, URGENT = 1, 2, 3, 4
PLAIN, OWNER, INDEX = range(3)
"""What a shared word holds."""
MOST_TOGETHER = 5
"""All permutations of so many members."""
LARGEST_RING = 60
"""Threads that are looked at: so many fit into the masks of a graph."""
Words = list[int]


@record
class Symmetry:
    """The permutations of one program, the identity first, and what they do to a state."""

    program: Program
    threads: tuple[tuple[int, ...], ...]  # per permutation: where each declared thread goes
    members: tuple[Permutation, ...]
    words: tuple[int, ...]  # the shared words that may change
    sources: tuple[tuple[int, ...], ...]  # per permutation: where the content of each comes from
    contents: tuple[tuple[int, int], ...]  # per word: what it holds, the base of an index
    slots: dict[int, tuple[tuple[int, int], ...]]  # per micro-op: slots with indices, bases
    locks: tuple[tuple[int, ...], ...]  # per permutation: where each lock goes
    conditions: tuple[tuple[int, ...], ...]
    frames: tuple[int, ...]  # per micro-op: the size of its frame
    places: tuple[int, int, int]  # of a record: stack, at_lock, at_object
    cells: tuple[int, int]  # of a state: where the cells begin and end
    groups: frozenset[Group]  # the threads that move

    def value(self, p: int, base: int, value: int) -> int:
        """An index after the members have changed places."""
        members = self.members[p]
        return base + members[value - base] if 0 <= value - base < len(members) else value

    def content(self, p: int, which: int, value: int) -> int:
        """What a shared word holds, after the members have changed places."""
        what, base = self.contents[which]
        if what == OWNER:
            return self.threads[p][value - 1] + 1 if 0 < value <= len(self.threads[p]) else value
        return self.value(p, base, value) if what == INDEX else value

    def record(self, p: int, words: Words) -> Words:
        """A record of an entity, renamed."""
        found, (stack, at_lock, at_object) = list(words), self.places
        status, pc = words[STATUS], words[PC]
        if status not in (AT, ASLEEP, AT_BARRIER, URGENT):
            return found
        if at_lock >= 0 and words[at_lock]:
            found[at_lock] = self.locks[p][words[at_lock] - 1] + 1
        if at_object >= 0 and words[at_object] and status in (ASLEEP, URGENT):
            found[at_object] = self.conditions[p][words[at_object] - 1] + 1
        base = stack + words[FP]
        while True:
            for slot, first in self.slots.get(pc, ()):
                found[base + slot] = self.value(p, first, words[base + slot])
            if base <= stack:
                return found
            back = words[base - 1]
            base, pc = base - 1 - self.frames[back], back - 1

    def state(self, p: int, words: Sequence[int], record_of: Any) -> Words:
        """A whole state, renamed."""
        found = list(words)
        for which, (word, source) in enumerate(zip(self.words, self.sources[p], strict=True)):
            found[word] = self.content(p, which, words[source])
        threads = self.threads[p]
        for t in range(words[0]):
            old = list(words[record_of(t) : record_of(t + 1)])
            there = record_of(threads[t] if t < len(threads) else t)
            found[there : there + len(old)] = self.record(p, old)
        return found

    def guards(self, guards: tuple[int, ...]) -> tuple[int, ...]:
        """Locks to rely on (see `reduce.guards`), for all members alike or for none."""
        first = self.cells[0]
        spoilt = set()
        for p in range(len(self.members)):
            for word, source in zip(self.words, self.sources[p], strict=True):
                one, two = source - first, word - first
                if two >= len(guards) or one >= len(guards) or one < 0:
                    continue
                lock = guards[one]
                image = 2 * self.locks[p][lock >> 1] + (lock & 1) if lock >= 0 else lock
                if image != guards[two]:
                    spoilt |= {one, two}
        return tuple(-1 if word in spoilt else lock for word, lock in enumerate(guards))

    # -- reports ------------------------------------------------------------------------------

    def memory(self, p: int, memory: Sequence[int]) -> tuple[int, ...]:
        """The cells, renamed."""
        found, first = list(memory), self.cells[0]
        for which, (word, source) in enumerate(zip(self.words, self.sources[p], strict=True)):
            if self.cells[0] <= word < self.cells[1]:
                found[word - first] = self.content(p, which, memory[source - first])
        return tuple(found)

    def least_memory(self, memory: Sequence[int]) -> tuple[int, ...]:
        """The least image of the cells."""
        return min(self.memory(p, memory) for p in range(len(self.members)))

    def expanded(self, reports: Iterable[Report]) -> list[Report]:
        """The reports of ends with all their images."""
        found: list[Report] = []
        known = set()
        for report in reports:
            images = self._images(report) if report.kind in ENDING else [report]
            for image in images:
                if (image.kind, *image.words) not in known:
                    known.add((image.kind, *image.words))
                    found.append(image)
        return found

    def _images(self, report: Report) -> Iterator[Report]:
        count = 0 if report.kind == FAILED else len(report.words) - (self.cells[1] - self.cells[0])
        yield report
        for p in range(1, len(self.members)):
            statuses = list(report.words[:count])
            for t, there in enumerate(self.threads[p]):
                if count:
                    statuses[there] = report.words[t]
            entity = report.entity
            if 0 <= entity < len(self.threads[p]):
                entity = self.threads[p][entity]
            words = (*statuses, *self.memory(p, report.words[count:]))
            yield replace(report, words=words, entity=entity)

    # -- schedules ----------------------------------------------------------------------------

    def turned(self, search: Any, path: Path, report: Report) -> Path:
        """The first image of a schedule that shows what the report says."""
        if path.end is None:
            return path
        who = [step.entity for step in path.steps]
        every = range(len(self.members))
        fitting = [p for p in every if self._shows(search, p, path.end, report)]
        if report.kind in (RACE, LOST):
            fitting = fitting or list(every)
        if not fitting:
            raise Diverged(report.place)
        best = min(fitting, key=lambda p: [self._thread(p, t) for t in who])
        return self._image(search, best, path) if best else path

    def _thread(self, p: int, t: int) -> int:
        return self.threads[p][t] if t < len(self.threads[p]) else t

    def _shows(self, search: Any, p: int, end: Sequence[int], report: Report) -> bool:
        """Is the image of the end what the report speaks of?"""
        if report.kind in (RACE, LOST):
            return self._meets(search, p, end, report)
        if report.kind not in ENDING:
            return True
        memory = self.memory(p, end[self.cells[0] : self.cells[1]])
        if report.kind != FAILED:
            return memory == report.words[len(report.words) - len(memory) :]
        first, last = self.cells
        image = self.state(p, end, search.record_of)
        return any(
            way[2] and tuple(way[5][first:last]) == report.words for way in search.successors(image)
        )

    def _meets(self, search: Any, p: int, end: Sequence[int], report: Report) -> bool:
        """Are the two that a report tells of in the image as in the state that was kept?"""
        there, image = search.words(report.place), self.state(p, end, search.record_of)
        places = [(search.record_of(t), search.record_of(t + 1)) for t in report.words[3:]]
        return all(there[a:b] == image[a:b] for a, b in places)

    def _image(self, search: Any, p: int, path: Path) -> Path:
        """A schedule after the members have changed places."""
        states = [*(step.before for step in path.steps), path.end or ()]
        images = [self.state(p, words, search.record_of) for words in states]
        steps = []
        for step, before, after in zip(path.steps, images, images[1:], strict=False):
            entity = self._thread(p, step.entity)
            for t, branch, fault, _, _, words in search.successors(before):
                if t == entity and not fault and words == after:
                    steps.append(Step(t, branch, before))
                    break
            else:
                raise Diverged(entity)
        starts = enumerate(search.initials())
        initial = next(i for i, s in starts if not s[0] and s[3] == images[0])
        return replace(path, initial=initial, steps=tuple(steps), end=images[-1])


# -- finding it ---------------------------------------------------------------------------------


def symmetry(program: Program, questions: Questions, machine: Any) -> Symmetry | None:
    """The largest group of permutations of threads with indices that the program respects."""
    if any(op.kind in (OpKind.SELF, OpKind.ASYNC) for op in program.ops):
        return None
    for groups in _candidates(program):
        size = groups[0][1] - groups[0][0]
        for generators in _generators(size):
            try:
                found = Indices(program, Renaming(size, generators), groups, questions.predicates)
            except Unsuited:
                continue
            return _made(program, found, groups, machine)
    return None


def orders(program: Program, groups: Iterable[Group]) -> int:
    """In how many orders threads can stand that make no use of an index."""
    counts = [last - first for first, last in groups if not _reads_index(program, (first, last))]
    return prod(map(factorial, counts))


def _candidates(program: Program) -> list[tuple[Group, ...]]:
    """Groups of threads with indices: those of one size together, then each by itself."""
    groups = [group for group in _groups(program) if _reads_index(program, group)]
    by_size: dict[int, list[Group]] = {}
    for group in groups:
        by_size.setdefault(group[1] - group[0], []).append(group)
    together = [tuple(several) for several in by_size.values() if len(several) > 1]
    return together + [(group,) for group in groups]


def _groups(program: Program) -> Iterator[Group]:
    """Threads of one declaration that have an index."""
    threads = program.threads
    first = 0
    for t in range(1, len(threads) + 1):
        if t < len(threads) and threads[t].code == threads[first].code:
            continue
        alike = len({thread.attributes.daemon for thread in threads[first:t]}) == 1
        if alike and threads[first].arguments and first + 2 <= t <= LARGEST_RING:
            yield first, t
        first = t


def _reads_index(program: Program, group: Group) -> bool:
    """Does anything use the first slot? Otherwise the threads are interchangeable anyway."""
    code = program.codes[program.threads[group[0]].code]
    for op in program.ops[code.entry : code.end]:
        for role, operand in zip(OPS[op.kind].roles, (op.a, op.b, op.c, op.d, op.e), strict=True):
            if role in "vw" and operand == 0 and op.kind != OpKind.PRINT:
                return True
    return False


def _generators(size: int) -> Iterator[tuple[Permutation, ...]]:
    ring = tuple((k + 1) % size for k in range(size))
    mirror = tuple((size - k) % size for k in range(size))
    some = min(size, MOST_TOGETHER)
    first = (*((k + 1) % some for k in range(some)), *range(some, size))
    swap = (1, 0, *range(2, size))
    yield tuple(dict.fromkeys((swap, first)))
    if size > 3:
        yield (ring, mirror)
    if size > 2:
        yield (ring,)


def _elements(generators: Sequence[Permutation]) -> tuple[Permutation, ...]:
    """All permutations that the generators make, the identity first, the others in order."""
    identity = tuple(range(len(generators[0])))
    found, open_ = {identity}, [identity]
    while open_:
        one = open_.pop()
        for generator in generators:
            made = tuple(generator[k] for k in one)
            if made not in found:
                found.add(made)
                open_.append(made)
    return tuple(sorted(found))


def _made(program: Program, found: Indices, groups: Sequence[Group], machine: Any) -> Symmetry:
    """What a search needs to know."""
    members = _elements(found.renaming.generators)
    threads = []
    for p in members:
        places = list(range(len(program.threads)))
        for first, last in groups:
            places[first:last] = [first + k for k in p]
        threads.append(tuple(places))
    words = _words(program, found, machine)
    targets = [
        [found.target(what, number, p) - number for what, number, _, _ in words] for p in members
    ]
    sources = []
    for row in targets:
        goes = {word + by: word for (_, _, word, _), by in zip(words, row, strict=True)}
        sources.append(tuple(goes[word] for _, _, word, _ in words))
    frames = [0] * len(program.ops)
    for code in program.codes:
        frames[code.entry : code.end] = [code.frame] * (code.end - code.entry)
    return Symmetry(
        program,
        tuple(threads),
        members,
        tuple(word for _, _, word, _ in words),
        tuple(sources),
        tuple(content for *_, content in words),
        found.slots,
        tuple(_numbers(program, found, "lock", p) for p in members),
        tuple(_numbers(program, found, "condition", p) for p in members),
        tuple(frames),
        (machine.stack, machine.at_lock, machine.at_object),
        (machine.cells, machine.locks),
        frozenset(groups),
    )


def _numbers(program: Program, found: Indices, what: str, p: Permutation) -> tuple[int, ...]:
    return tuple(found.target(what, number, p) for number in range(len(program.things[what])))


Word = tuple[str, int, int, tuple[int, int]]
"""Kind of object, its number, its place in a state, what it holds."""


def _words(program: Program, found: Indices, machine: Any) -> list[Word]:
    """The shared words that a permutation may change."""
    words: list[Word] = []
    for cell in range(len(found.start)):
        kind = found.content.get(cell)
        content = (PLAIN, 0) if kind is None or kind.base is None else (INDEX, kind.base)
        words.append(("cell", cell, machine.cells + cell, content))
    for lock in range(machine.lock_count):
        words.append(("lock", lock, machine.locks + lock, (OWNER, 0)))
        for more in (machine.depths, machine.ranks):
            if more >= 0:
                words.append(("lock", lock, more + lock, (PLAIN, 0)))
    for rwlock in range(machine.rwlock_count):
        words.append(("rwlock", rwlock, machine.rwlocks + 2 * rwlock, (OWNER, 0)))
    for what, place in (("semaphore", machine.semaphores), ("event", machine.events)):
        for number in range(len(program.things[what])):
            words.append((what, number, place + number, (PLAIN, 0)))
    moving = {
        (what, base + k)
        for what, bases in found.moved.items()
        for base in bases
        for k in range(found.renaming.size)
    }
    return [w for w in words if w[3] != (PLAIN, 0) or (w[0], w[1]) in moving]
