# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True
"""Breadth-first search through all states (compiled engine).

The frontier holds the states of one depth, in the order of their discovery. It is worked off in
batches, each in three phases:

1. *expand*: the batch is cut into shares, and each has a sheet. Every worker takes shares as long
   as there are any, looks at each state (races, predicates, ends) and writes its successors,
   packed and hashed, on the sheet of the share (worker.py, sheet.py);
2. *settle*: every worker takes parts of the store as long as there are any and enters what belongs
   there, sheet by sheet in order, so that of several ways to a state the first one found is
   remembered;
3. *gather*: every worker takes sheets as long as there are any and lists what is new on them, in
   the order of their lines.

The workers go through a batch without the interpreter's lock and wait for each other between the
phases. Afterwards the lists are put one behind the other into the frontiers of their depths; if
the graph is kept, one pass over all lines (*collect*) numbers the new states and remembers the
edges instead. If some successor did not fit into the shape of packed states, the batch ends after
the first phase, the shape grows, and the batch is expanded again. Nothing depends on the number of
workers, nor on who takes what: shares are consecutive, all orders are orders of discovery, and what
there is to report says where in the frontier it was seen.
"""

from array import array

import cython
from cython.cimports.libc.stdint import int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from cython.cimports.libc.stdlib import calloc, free
from cython.cimports.libc.string import memcmp, memcpy, memset

from conclang.explore.catalog import Catalog
from conclang.explore.images import Images
from conclang.explore.patience import Lost, listen
from conclang.explore.reports import asserted
from conclang.explore.shared import Shared, Vector
from conclang.explore.started import ordered
from conclang.explore.worker import Worker


def lay_out(shape):
    """Where everything is, given the widths."""
    word: cython.longlong
    at: cython.longlong = 0
    for word in range(shape.words):
        shape.at[word] = cython.cast(uint32_t, at)
        at += shape.wide[word]
    shape.ids_at = at
    shape.size = at + shape.most * shape.id_wide


@cython.cclass
class Search:
    """The states found so far, and the way on."""

    def __init__(self, machine, options, contexts):
        shared: Shared = Shared()
        self.shared = shared
        self.machine = machine
        shared.machine = machine
        shared.catalog = Catalog(machine)
        self.keep = options.keep
        shared.take(options)
        self._first_shape()
        self.digits = ()
        self.check = listen
        self.room = 1 << 62
        self.parent_of_source = NOWHERE
        self.sources, self.degrees = Vector(4), Vector(1)
        self.targets, self.actors = Vector(4), Vector(1)
        self.odd_actors, self.odd_masks = Vector(2), Vector(8)
        self.turns = Vector(1 if options.symmetry is not None else 8)
        shared.marks = Vector(4)
        self.workers = shared.workers = [Worker(shared, one, two) for one, two in contexts]
        self._take_symmetry(options.symmetry)
        self._lay_sheets()

    def __dealloc__(self):
        index: cython.int
        for index in range(HEAVIEST + 1):
            free(self.waiting[index].at)

    def _lay_sheets(self):
        """A sheet for each share that a batch may have, where everybody can read them."""
        shared: Shared = self.shared
        index: cython.longlong
        hands: cython.longlong = len(self.workers)
        count: cython.longlong = hands * SHARES_EACH if hands > 1 else 1
        shared.sheets = cython.cast(
            cython.pointer(cython.pointer(Sheet)), calloc(count, cython.sizeof(cython.p_void))
        )
        shared.notes = cython.cast(
            cython.pointer(Notes), calloc(count * hands, cython.sizeof(Notes))
        )
        if shared.sheets == cython.NULL or shared.notes == cython.NULL:
            raise MemoryError
        shared.note_count = count * hands
        for index in range(count):
            shared.sheets[index] = open_sheet(shared.keep)
            if shared.sheets[index] == cython.NULL:
                raise MemoryError
            shared.sheet_count += 1
        self.deal(0, 1)

    def _take_symmetry(self, symmetry):
        worker: Worker
        self.symmetry = symmetry
        self.shared.turns = symmetry is not None
        self.shared.arranges = self.shared.turns or self.shared.group_count > 0
        for worker in self.workers if symmetry is not None else ():
            worker.images = self.images = Images(self.machine, self.shared.catalog, symmetry)

    # -- when to stop ----------------------------------------------------------------------------

    def hurry(self):
        """Leave what is half done: nobody waits for it any more."""
        self.shared.stop = True

    @property
    def stopped(self):
        """Has something been left half done, since it was late?"""
        return self.shared.stop

    def allow(self, most, seconds):
        """How many successors a batch may have, and for how long from now on (None: any time)."""
        self.shared.most = most
        self.shared.deadline = 0 if seconds is None else quick_clock() + seconds

    def raise_pressed(self):
        """Once nothing is half done: what a second Ctrl-C has raised in the middle of a batch."""
        if self.shared.pressed is not None:
            raise self.shared.pressed

    @property
    def candidate_bytes(self):
        """What a successor takes while it waits to be entered."""
        return self.shared.pitch + (20 if self.keep else 5)

    # -- the shape of states ---------------------------------------------------------------------

    def _first_shape(self):
        """No bytes for any word, until one is seen to change."""
        shared: Shared = self.shared
        shape: cython.pointer(Shape) = cython.address(shared.shape)
        word: cython.longlong
        index: cython.int
        shape.words = self.machine.first + (2 if shared.bounded else 0)
        shape.at = cython.cast(cython.pointer(uint32_t), calloc(shape.words + 1, 4))
        shape.wide = cython.cast(cython.pointer(uint8_t), calloc(shape.words + 1, 1))
        shape.still = cython.cast(cython.p_longlong, calloc(shape.words + 1, 8))
        if not shape.at or not shape.wide or not shape.still:
            raise MemoryError
        for word in range(self.machine.first):
            shape.still[word] = self.machine.initial[word]
        shape.id_wide = 1
        shape.most = max(self.machine.threads, 1)
        lay_out(shape)
        shared.pitch = CANDIDATE + ((shape.size + 3) & ~3)
        for index in range(PARTS):
            if not open_part(
                cython.address(shared.parts[index]), 8 if self.keep else 4, shape.size
            ):
                raise MemoryError

    def refit(self):
        """Is the batch to be expanded again? Let the shape grow, or cut the batch short.

        Where a single state has too many successors, none is expanded: see `piece`.
        """
        worker: Worker
        end: uint64_t = self.shared.last
        full = False
        for worker in self.workers:
            full = full or worker.full
            worker.full = False
        if not full or self._is_starved():
            return self._refit_shape()
        self.vast = end - self.done <= 1
        self.shared.until = self.done + (0 if self.vast else max(1, (end - self.done) // 16))
        self._refit_shape()
        for worker in self.workers:
            worker.transitions = worker.before
        return True

    def _refit_shape(self):
        """Let the shape grow to what was wanted; False: everything did fit."""
        worker: Worker
        wanted = False
        for worker in self.workers:
            wanted = wanted or worker.unfit
        if not wanted or self._is_starved():
            return False
        fits: cython.bint = self._grow()
        for worker in self.workers:
            worker.unfit = False
            worker.transitions = worker.before
            worker.starved = not fits
        return fits

    def _is_starved(self):
        worker: Worker
        for worker in self.workers:
            if worker.starved:
                return True
        return False

    def _grow(self):
        """Make room in the shape, and pack all states anew; False: there is no memory for it."""
        shared: Shared = self.shared
        new: Shape = shared.shape
        old: Shape = shared.shape
        worker: Worker
        word: cython.longlong
        index: cython.int
        found: cython.bint = True
        new.at = cython.cast(cython.pointer(uint32_t), calloc(old.words + 1, 4))
        new.wide = cython.cast(cython.pointer(uint8_t), calloc(old.words + 1, 1))
        if not new.at or not new.wide:
            raise MemoryError
        self.refits += 1
        for word in range(old.words):
            new.wide[word] = old.wide[word]
            for worker in self.workers:
                if worker.wanted[word] > new.wide[word]:
                    new.wide[word] = worker.wanted[word]
        if self.states > MANY and self.late < 10:
            self.late += 1
        reach: cython.longlong = 32 if self.refits > SEVERAL else 0
        if self.late:
            reach = max(reach, cython.cast(cython.longlong, 1) << self.late)
        self._be_generous(cython.address(new), cython.address(old), reach)
        for worker in self.workers:
            if worker.wanted_most > new.most:
                new.most = worker.wanted_most + worker.wanted_most // 4
        while shared.catalog.count > cython.cast(uint64_t, 1) << (8 * new.id_wide):
            new.id_wide += 1
        lay_out(cython.address(new))
        for worker in self.workers:
            while worker.context.room < new.most:
                if not worker.larger():
                    raise MemoryError
        if not self._may_grow(cython.address(new)):
            free(new.at)
            free(new.wide)
            return False
        for index in range(PARTS):
            if not repack(
                cython.address(shared.parts[index]), cython.address(old), cython.address(new)
            ):
                found = False
            if shared.parts[index].size != new.size:
                raise Lost
        shared.shape = new
        shared.pitch = CANDIDATE + ((new.size + 3) & ~3)
        free(old.at)
        free(old.wide)
        return found

    def _may_grow(self, new):
        """Is there memory for all states in a larger shape?"""
        index: cython.int
        more: cython.longlong = new.size - self.shared.shape.size
        if cython.cast(cython.longlong, self.states) * more > self.room - self.memory():
            return False
        for index in range(PARTS):
            if not make_room(cython.address(self.shared.parts[index]), new):
                return False
        return True

    def _be_generous(self, new, old, reach):
        """Words change one after the other: give their neighbours room as well.

        The further the more often many states have been packed anew.
        """
        word: cython.longlong
        near: cython.longlong
        for word in range(new.words if reach else 0):
            if new.wide[word] > old.wide[word]:
                for near in range(max(0, word - reach), min(new.words, word + reach)):
                    new.wide[near] = max(new.wide[near], 1)

    # -- batches ---------------------------------------------------------------------------------

    def call(self, worker):
        """Call a worker to the batch that was dealt; False: it is not at hand."""
        index: cython.longlong = worker
        return bool(swapped(cython.address(self.shared.places[index]), AT_HAND, CALLED))

    def deal(self, count, hands):
        """Cut the next states of this depth into shares for so many workers: the first of them."""
        shared: Shared = self.shared
        worker: Worker
        index: cython.longlong
        shared.first = self.done
        shared.last = self.done + cython.cast(uint64_t, count)
        if shared.until >= 0 and shared.last > cython.cast(uint64_t, shared.until):
            shared.last = shared.until
        shared.hands = hands
        index = min(SHARES_EACH, 1 + count // LARGE_SHARE)
        shared.shares = index * hands if hands > 1 else 1
        shared.each = shared.most if hands == 1 else shared.most // index + 1
        shared.shares_taken = shared.parts_taken = shared.sheets_taken = 0
        shared.amiss = shared.starved = False
        for index in range(shared.sheet_count):
            clear_sheet(shared.sheets[index])
        for index in range(shared.note_count):
            shared.notes[index].count = 0
        for worker in self.workers:
            worker.before = worker.transitions
            worker.sheet = shared.sheets[0]

    def begin(self, most):
        """Enter the next initial states, at most so many of them; are there more?

        There is one for each branch of `choose` before the first steps.
        """
        worker: Worker = self.workers[0]
        left: cython.longlong
        while True:
            worker.context.given(self.digits)
            self.deal(0, 1)
            left = self._enter_starts(worker, most)
            if not self.refit():
                break
        self.digits = self._digits(worker.context) if left else ()
        worker.enter(0)
        self.finish(0)
        return bool(left)

    def _enter_starts(self, worker: Worker, most: cython.longlong):
        more: cython.longlong = 1
        fault: cython.longlong
        words: cython.longlong[3]
        while more and most > 0 and not self.shared.is_late():
            most -= 1
            fault = start(self.machine, worker.context, worker.child)
            if fault:
                words[0] = fault
                words[1] = worker.context.fault_pc
                words[2] = worker.context.fault_entity
                worker.failed(NOWHERE, words[2], words)
            else:
                worker.emit(-1, NOWHERE)
            more = next_branch(worker.context)
        return more

    def _digits(self, context: Context):
        """The choices that were prepared for the next branch."""
        index: cython.longlong
        return tuple([context.digits[index] for index in range(context.known)])

    def piece(self):
        """Enter the next successors of a state that has very many; False: there is none such.

        Called after each batch, until it says False. A batch that came to too many successors was
        cut short (see `refit`); where a single state has too many, they are entered piece by piece.
        """
        worker: Worker = self.workers[0]
        shared: Shared = self.shared
        digits = self.digits
        if shared.until >= 0:
            self.done = shared.until
            shared.until = -1
        if not self.vast:
            return False
        while True:
            worker.context.given(digits)
            self.deal(0, 1)
            worker.take_piece(self.done, shared.frontier.at[self.done], self.entity, self.way)
            if not self._refit_shape():
                break
        self.digits, self.entity, self.way = self._digits(worker.context), 0, 0
        worker.enter(0)
        self.finish(0)
        self.vast = worker.next_entity >= 0 and not worker.starved
        if self.vast:
            self.entity, self.way = worker.next_entity, worker.next_way
        else:
            self.digits = ()
            self.done += 1
        return True

    def open(self):
        """How many states of this depth are still to be expanded."""
        return self.shared.frontier.count - self.done

    def worked(self):
        """How many states of this depth have been expanded."""
        return self.done

    def ahead(self):
        """How many states wait at greater depths."""
        index: cython.int
        count: uint64_t = 0
        for index in range(HEAVIEST + 1):
            count += self.waiting[index].count
        return count

    @property
    def unguarded(self):
        """Was a cell touched without the lock that was relied on?"""
        return self.shared.unguarded

    def finish(self, count):
        """The first `count` open states went through all phases: take over what is new."""
        if not self._is_starved():
            if self.keep:
                self.collect()
            else:
                self.take_over()
        self.done += count

    def take_over(self):
        """Put what the workers have listed into the frontiers of its depths."""
        shared: Shared = self.shared
        index: cython.longlong
        steps: cython.int
        fresh: cython.pointer(Places)
        for index in range(shared.shares):
            for steps in range(HEAVIEST + 1):
                fresh = cython.address(shared.sheets[index].fresh[steps])
                self.states += fresh.count
                if not join_places(cython.address(self.waiting[steps]), fresh):
                    cython.cast(Worker, self.workers[0]).starved = True

    def collect(self):
        """Number what is new, line by line, and remember the edges, for the graph."""
        shared: Shared = self.shared
        sheet: cython.pointer(Sheet)
        line: uint64_t
        index: cython.longlong
        found: uint32_t
        for index in range(shared.shares):
            sheet = shared.sheets[index]
            for line in range(sheet.count):
                found = sheet.found.at[line]
                if found != 0 and not found & KNOWN:
                    self.welcome(found - 1, sheet.weights[line])
                self.connect(sheet, line, found)

    def welcome(self, place, weight):
        """A new state."""
        number: uint32_t = cython.cast(uint32_t, self.states)
        none: uint32_t = 0
        part: cython.pointer(Part)
        if not add_place(cython.address(self.waiting[weight]), place):
            cython.cast(Worker, self.workers[0]).starved = True
        part = cython.address(self.shared.parts[place & (PARTS - 1)])
        memcpy(part.arena + (place >> PART_BITS) * part.stride + 4, cython.address(number), 4)
        self.shared.marks.push(cython.address(none))
        self.states += 1

    def connect(self, sheet, line, found):
        """Remember an edge of the graph; found: where it leads to, 0: nowhere."""
        source: uint32_t = self.source
        parent: uint32_t = sheet.parents[line]
        target: uint32_t = NO_STATE
        actor: uint16_t = sheet.actors[line]
        mask: uint64_t = sheet.moved[line]
        brief: uint8_t = 255
        turn: uint8_t
        if parent == NOWHERE:
            return
        if found != 0:
            target = self.number_at((found & ~KNOWN) - 1)
        if parent != self.parent_of_source:
            source = self.source = self.number_at(parent)
            self.parent_of_source = parent
        if actor < 63 and mask == cython.cast(uint64_t, 1) << actor:
            brief = cython.cast(uint8_t, actor)
        else:
            self.odd_actors.push(cython.address(actor))
            self.odd_masks.push(cython.address(mask))
        self.targets.push(cython.address(target))
        self.actors.push(cython.address(brief))
        if self.shared.turns:
            turn = cython.cast(uint8_t, sheet.turns[line])
            self.turns.push(cython.address(turn))
        elif self.shared.arranges:
            self.turns.push(sheet.turns + line)
        if self.degrees.count and self.degrees.data[self.degrees.count - 1] < 255:
            if (
                cython.cast(cython.pointer(uint32_t), self.sources.data)[self.sources.count - 1]
                == source
            ):
                self.degrees.data[self.degrees.count - 1] += 1
                return
        brief = 1
        self.sources.push(cython.address(source))
        self.degrees.push(cython.address(brief))

    def number_at(self, place):
        number: uint32_t
        part: cython.pointer(Part) = cython.address(self.shared.parts[place & (PARTS - 1)])
        memcpy(cython.address(number), part.arena + (place >> PART_BITS) * part.stride + 4, 4)
        return number

    def shift(self, by=1):
        """Go on to the next depth."""
        index: cython.longlong
        skipped: cython.longlong = by
        waiting: Places[13]
        worked: Places = self.shared.frontier
        for index in range(PARTS):
            self.shared.before[index] = self.shared.parts[index].count
        memset(waiting, 0, cython.sizeof(waiting))
        for index in range(HEAVIEST + 1):
            if index < skipped:
                free(self.waiting[index].at)
            elif index > skipped:
                waiting[index - skipped] = self.waiting[index]
        self.shared.frontier = self.waiting[skipped]
        memcpy(self.waiting, waiting, cython.sizeof(waiting))
        if self.waiting[1].room == 0:  # memory that was written to is dear: it is used again
            worked.count = 0
            self.waiting[1] = worked
        else:
            free(worked.at)
        self.done = 0
        self.depth += by

    def memory(self):
        """Bytes in use."""
        index: cython.int
        total: uint64_t = self.shared.catalog.bytes
        worker: Worker
        vector: Vector
        shared: Shared = self.shared
        total += shared.frontier.room * 4
        for index in range(PARTS):
            total += part_bytes(cython.address(shared.parts[index]))
        for worker in self.workers:
            total += worker.size * 35 + worker.habit_mask * cython.sizeof(Habit)
            total += worker.lines.room * 4
        for index in range(shared.sheet_count):
            total += sheet_bytes(shared.sheets[index])
        for index in range(shared.note_count):
            total += shared.notes[index].room * cython.sizeof(Note)
        for index in range(HEAVIEST + 1):
            total += self.waiting[index].room * 4
        for vector in [self.sources, self.degrees]:
            total += vector.count * vector.width
        return total + self.targets.count * GRAPH_BYTES

    # -- looking back ----------------------------------------------------------------------------

    def words(self, place):
        """The state at a place."""
        worker: Worker = self.workers[0]
        index: cython.longlong
        worker.look_at(place)
        worker.spread()
        return [worker.state[index] for index in range(length(self.machine, worker.state))]

    def _unpacked(self, worker, to):
        """The words of a packed state."""
        t: cython.longlong
        index: cython.longlong
        worker.data = to
        worker.spread_out = 0
        worker.state[0] = load(worker.shape, to, 0)
        for t in range(worker.state[0]):
            worker.entries[t] = worker.catalog.entry(get_id(worker.shape, to, t))
        worker.spread()
        return [worker.state[index] for index in range(length(self.machine, worker.state))]

    def _arranged(self, worker, to):
        worker.take_numbers(to)
        return worker.arrange(to)

    def mover(self, place):
        """Who took the last step to a state, if preemptions are counted; -1: not known."""
        worker: Worker = self.workers[0]
        if not self.shared.bounded:
            return -1
        worker.look_at(place)
        return load(worker.shape, worker.data, self.machine.first) - 1

    def parent(self, place):
        """Where the state was found from; None for an initial one."""
        where: uint64_t = place
        parent: uint32_t
        part: cython.pointer(Part) = cython.address(self.shared.parts[where & (PARTS - 1)])
        memcpy(cython.address(parent), part.arena + (where >> PART_BITS) * part.stride, 4)
        return None if parent == NOWHERE else parent

    def number(self, place):
        """The number of a state, if the graph is kept: its place in the order of discovery."""
        if not self.keep:
            raise LookupError("states of this search have no numbers")
        return self.number_at(place)

    def places(self):
        """All states' places, by number, if the graph is kept."""
        found = array("Q", bytes(8 * self.states))
        self._fill_places(found)
        return found

    def _fill_places(self, found):
        part: cython.int
        index: uint64_t
        for part in range(PARTS):
            for index in range(self.shared.parts[part].count):
                found[self.number_at((index << PART_BITS) | part)] = (index << PART_BITS) | part

    # -- many states at once ---------------------------------------------------------------------

    def count_entities(self, places, row):
        """Where the entities of each state begin if all are put in one row."""
        state: cython.Py_ssize_t
        place: uint64_t
        part: cython.pointer(Part)
        for state in range(places.shape[0]):
            place = places[state]
            part = cython.address(self.shared.parts[place & (PARTS - 1)])
            row[state + 1] = row[state] + load(
                cython.address(self.shared.shape),
                part.arena + (place >> PART_BITS) * part.stride + part.header,
                0,
            )

    def survey(self, places, row, code, thing):
        """Where all entities of these states stand, with their statuses, and what they touch."""
        worker: Worker = self.workers[0]
        state: cython.Py_ssize_t
        t: cython.longlong
        entry: cython.pointer(Entry)
        for state in range(places.shape[0]):
            worker.look_at(places[state])
            for t in range(worker.state[0]):
                entry = worker.entries[t]
                code[row[state] + t] = (entry.pc << 3) | entry.status
                thing[row[state] + t] = cython.cast(int32_t, entry.thing)

    def column(self, places, word, values):
        """One shared word of these states."""
        worker: Worker = self.workers[0]
        state: cython.Py_ssize_t
        for state in range(places.shape[0]):
            worker.look_at(places[state])
            values[state] = load(worker.shape, worker.data, word)

    def inner(self, places, row, word, values):
        """One word of the records of all entities of these states."""
        worker: Worker = self.workers[0]
        state: cython.Py_ssize_t
        t: cython.longlong
        for state in range(places.shape[0]):
            worker.look_at(places[state])
            worker.spread()
            for t in range(worker.state[0]):
                values[row[state] + t] = worker.state[worker.record_of(t) + word]

    def find(self, words):
        """The place of a state; None if it was not met. Canonical words are expected."""
        worker: Worker = self.workers[0]
        shape: cython.pointer(Shape) = worker.shape
        t: cython.longlong
        number: uint32_t
        to: cython.pointer(uint8_t)
        found: cython.longlong
        sum_: uint64_t = 0
        part: uint64_t
        if self.shared.bounded:
            return None
        self._load(worker, words)
        to = worker.room_for_draft()
        if to == cython.NULL:
            raise MemoryError
        memset(to, 0, shape.size)
        if worker.state[0] > shape.most:
            return None
        for t in range(self.machine.first):
            if not save(shape, to, t, worker.state[t]):
                return None
        for t in range(worker.state[0]):
            number = self.shared.catalog.number_of(
                worker.state,
                t,
                record(self.machine, t + 1) - record(self.machine, t),
                worker.scratch,
                False,
            )
            if number == 0 or not id_fits(shape, number):
                return None
            set_id(shape, to, t, number)
            sum_ += number * cython.cast(uint64_t, 2 * t + 1)
        part = (sum_ * GOLDEN) >> (64 - PART_BITS)
        found = lookup(
            cython.address(self.shared.parts[part]),
            to,
            cython.cast(uint32_t, digest(to, shape.size)),
        )
        return None if found < 0 else (found << PART_BITS) | part

    def guarding(self):
        """Per word of memory the lock held at every access seen, -1: none, or no access."""
        index: cython.longlong
        lock: cython.longlong
        guards: cython.pointer(uint64_t) = self.shared.guards
        found = []
        if guards == cython.NULL:
            return ()
        for index in range(self.machine.locks - self.machine.cells):
            lock = -1
            if guards[index] and not guards[index] & LAST:
                lock = 0
                while not (guards[index] >> lock) & 1:
                    lock += 1
            found.append(lock)
        return tuple(found)

    @property
    def edge_count(self):
        """How many edges the graph has."""
        return self.targets.count

    def edges(self, source, target, actor):
        """All edges, by their sources: numbers of states, and who moved."""
        entry: uint64_t
        edge: uint64_t = 0
        odd: uint64_t = 0
        for entry in range(self.sources.count):
            for _ in range(self.degrees.data[entry]):
                source[edge] = cython.cast(cython.pointer(uint32_t), self.sources.data)[entry]
                target[edge] = cython.cast(cython.pointer(uint32_t), self.targets.data)[edge]
                actor[edge] = self.actors.data[edge]
                if actor[edge] == 255:
                    actor[edge] = cython.cast(cython.pointer(uint16_t), self.odd_actors.data)[odd]
                    odd += 1
                edge += 1

    def masks(self, mask):
        """Per edge who moved, as bits."""
        edge: uint64_t
        odd: uint64_t = 0
        for edge in range(self.targets.count):
            if self.actors.data[edge] == 255:
                mask[edge] = cython.cast(cython.pointer(uint64_t), self.odd_masks.data)[odd]
                odd += 1
            else:
                mask[edge] = cython.cast(uint64_t, 1) << self.actors.data[edge]

    def truths(self):
        """Per state which predicates are true, as bits."""
        return self.shared.marks.raw()

    def left_behind(self, daemons, most):
        """States in which somebody never moves again while others do: (number, place, mask).

        Backwards over all edges, each state learns who can still move from there; then whoever is
        there, neither finished nor going round by itself, and not among them is left behind.
        """
        ever: cython.pointer(uint64_t) = self.ever()
        spare: uint64_t = daemons
        everybody: uint64_t = FIRST_BITS
        part: cython.int
        index: uint64_t
        mask: uint64_t
        place: uint64_t
        found = []
        if not self.machine.dynamics and self.machine.threads < 63:
            everybody = (cython.cast(uint64_t, 1) << self.machine.threads) - 1
        try:
            for part in range(PARTS):
                for index in range(self.shared.parts[part].count):
                    place = (index << PART_BITS) | part
                    if not index & OFTEN:
                        self.check()
                        found = sorted(found)[:most]
                    mask = ever[self.number_at(place)]
                    if mask & everybody == everybody:
                        continue
                    mask = self.stuck_at(place, mask & FIRST_BITS, spare)
                    if mask:
                        found.append((self.number_at(place), place, mask))
        finally:
            free(ever)
        return sorted(found)[:most]

    def stuck_at(self, place, moving, daemons):
        """Who is left behind in a state, as bits; `moving`: who can still move."""
        worker: Worker = self.workers[0]
        t: cython.longlong
        status: cython.longlong
        rest: uint64_t = 0
        others: cython.bint = moving != 0
        worker.look_at(place)
        for t in range(min(worker.state[0], 63)):
            status = worker.entries[t].status
            if status == SPINNING:
                others = True
            elif status != FINISHED and not (moving >> t) & 1 and not (daemons >> t) & 1:
                rest |= cython.cast(uint64_t, 1) << t
        return rest if others else 0

    def ever(self):
        """Per state, as bits, who can still move on some way from there.

        Read from targets to sources until nothing changes: the edges forth and back in turn, since
        most of them lead to later states.
        """
        ever: cython.pointer(uint64_t) = cython.cast(
            cython.pointer(uint64_t), calloc(self.states + 1, 8)
        )
        if ever == cython.NULL:
            raise MemoryError
        twins: cython.pointer(uint64_t) = cython.NULL
        try:
            twins = self._twins()
            while self.spread_back(ever, twins):
                self.spread_forth(ever, twins)
        except BaseException:
            free(ever)
            raise
        finally:
            free(twins)
        return ever

    def _twins(self):
        """Per state, as bits, whose steps are those of the one before, and were not taken."""
        worker: Worker = self.workers[0]
        part: cython.int
        index: uint64_t
        place: uint64_t
        t: cython.longlong
        twins: cython.pointer(uint64_t)
        if not self.shared.group_count:
            return cython.NULL
        twins = cython.cast(cython.pointer(uint64_t), calloc(self.states + 1, 8))
        if twins == cython.NULL:
            raise MemoryError
        try:
            for part in range(PARTS):
                for index in range(self.shared.parts[part].count):
                    place = (index << PART_BITS) | part
                    if not index & OFTEN:
                        self.check()
                    worker.look_at(place)
                    for t in range(1, min(self.machine.threads, 63)):
                        if worker.is_twin(t):
                            twins[self.number_at(place)] |= cython.cast(uint64_t, 1) << t
        except BaseException:
            free(twins)
            raise
        return twins

    def beyond(self, ever, target, edge):
        """Who can still move beyond an edge, as they are called before it."""
        if self.shared.turns:
            return self.images.turned(self.turns.data[edge], ever[target])
        if self.shared.arranges:
            return named_before(
                cython.cast(cython.pointer(uint64_t), self.turns.data)[edge], ever[target]
            )
        return ever[target]

    def spread_back(self, ever, twins):
        """All edges once, the last one first."""
        sources: cython.pointer(uint32_t) = cython.cast(cython.pointer(uint32_t), self.sources.data)
        targets: cython.pointer(uint32_t) = cython.cast(cython.pointer(uint32_t), self.targets.data)
        masks: cython.pointer(uint64_t) = cython.cast(cython.pointer(uint64_t), self.odd_masks.data)
        entry: uint64_t = self.sources.count
        edge: uint64_t = self.targets.count
        odd: uint64_t = self.odd_masks.count
        bits: uint64_t
        changed: cython.bint = False
        while entry > 0:
            entry -= 1
            if not entry & OFTEN:
                self.check()
            bits = ever[sources[entry]]
            for _ in range(self.degrees.data[entry]):
                edge -= 1
                if self.actors.data[edge] == 255:
                    odd -= 1
                    bits |= masks[odd]
                else:
                    bits |= cython.cast(uint64_t, 1) << self.actors.data[edge]
                if targets[edge] != NO_STATE:
                    bits |= self.beyond(ever, targets[edge], edge)
            if twins != cython.NULL:
                bits = with_twins(bits, twins[sources[entry]])
            if bits != ever[sources[entry]]:
                ever[sources[entry]] = bits
                changed = True
        return changed

    def spread_forth(self, ever, twins):
        """All edges once, the first one first; who moves is known by now."""
        sources: cython.pointer(uint32_t) = cython.cast(cython.pointer(uint32_t), self.sources.data)
        targets: cython.pointer(uint32_t) = cython.cast(cython.pointer(uint32_t), self.targets.data)
        entry: uint64_t
        edge: uint64_t = 0
        bits: uint64_t
        changed: cython.bint = False
        for entry in range(self.sources.count):
            if not entry & OFTEN:
                self.check()
            bits = ever[sources[entry]]
            for _ in range(self.degrees.data[entry]):
                if targets[edge] != NO_STATE:
                    bits |= self.beyond(ever, targets[edge], edge)
                edge += 1
            if twins != cython.NULL:
                bits = with_twins(bits, twins[sources[entry]])
            if bits != ever[sources[entry]]:
                ever[sources[entry]] = bits
                changed = True
        return changed

    # -- steps one by one, for witnesses ---------------------------------------------------------

    def initials(self):
        """The initial states, or the fault that one comes to: (fault, pc, values, words).

        One by one, and at leisure: there may be very many.
        """
        digits = ()
        while digits is not None:
            found, digits = self._some_starts(digits)
            yield from found
            if digits is not None:
                self.check()

    def _some_starts(self, digits):
        """A few initial states from these choices on; the choices of the next, or None."""
        worker: Worker = self.workers[0]
        fault: cython.longlong
        found = []
        worker.context.given(digits)
        while len(found) < FEW:
            fault = start(self.machine, worker.context, worker.child)
            found.append(self._outcome(worker, fault))
            if not next_branch(worker.context):
                return found, None
        return found, self._digits(worker.context)

    def start_of(self, place):
        """Which initial state has become the state at a place, and its words; None: there is none.

        The first of them; as `initials` counts them.
        """
        worker: Worker = self.workers[0]
        data: cython.pointer(uint8_t)
        count: cython.longlong = 0
        digits = ()
        worker.look_at(place)
        data = worker.data
        while True:
            worker.context.given(digits)
            if self._seek(worker, data, cython.address(count)):
                worker.context.given(worker.context.taken())
                start(self.machine, worker.context, worker.child)  # it was used as scratch paper
                return count, self._child(worker)
            if worker.context.known == 0:
                return None
            digits = self._digits(worker.context)
            self.check()

    def _seek(self, worker: Worker, data: cython.pointer(uint8_t), count: cython.p_longlong):
        """Go through initial states for a while, counting them; False: none is the one kept."""
        to: cython.pointer(uint8_t) = worker.room_for_draft()
        left: cython.longlong = MANY
        if to == cython.NULL:
            raise MemoryError
        while left > 0:
            left -= 1
            if start(self.machine, worker.context, worker.child) == 0 and worker.pack(to, True):
                if self._arranged(worker, to) and memcmp(to, data, worker.shape.size) == 0:
                    return True
            worker.unfit = False
            count[0] += 1
            if not next_branch(worker.context):
                break
        return False

    def successors(self, words):
        """Every way on: (entity, branch, fault, pc, values, words), in order, one by one.

        After a fault the words are those of a broken state: only its cells mean something.
        """
        at = (0, 0, 0, ())
        while at is not None:
            found, at = self._some_ways(words, at)
            yield from found
            if at is not None:
                self.check()

    def _some_ways(self, words, at):
        """A few ways on from an entity, way, branch and choices on; where the next begin."""
        worker: Worker = self.workers[0]
        t: cython.longlong
        way: cython.longlong
        branch: cython.longlong
        fault: cython.longlong
        t, way, branch, digits = at
        found = []
        self._load(worker, words)
        worker.context.given(digits)
        while t < worker.state[0]:
            while way < self._ways_here(worker, t):
                memcpy(worker.child, worker.state, length(self.machine, worker.state) * 8)
                fault = step(self.machine, worker.context, worker.child, t, way)
                if fault == FAULT_NO_ROOM and worker.larger():
                    continue
                found.append((t, branch, *self._outcome(worker, fault)))
                branch += 1
                if not next_branch(worker.context):
                    way += 1
                if len(found) == FEW:
                    return found, (t, way, branch, self._digits(worker.context))
            t, way, branch = t + 1, 0, 0
        return found, None

    def _ways_here(self, worker: Worker, t: cython.longlong):
        status: cython.longlong = worker.state[record(self.machine, t)]
        if status == FINISHED or status == SPINNING:
            return 0
        return ways(self.machine, worker.context, worker.state, t)

    def _outcome(self, worker: Worker, fault: cython.longlong):
        if fault:
            values = worker.context.fault_values()
            if fault == FAULT_ASSERTION:
                values = asserted(worker.context.records())
            return fault, worker.context.fault_pc, values, self._child(worker)
        return 0, -1, (), self._child(worker)

    def _child(self, worker: Worker):
        index: cython.longlong
        count: cython.longlong = length(self.machine, worker.child)
        return [worker.child[index] for index in range(count)]

    def _load(self, worker: Worker, words):
        index: cython.longlong
        while len(words) + 32 > worker.size and worker.larger():
            pass
        for index in range(len(words)):
            worker.state[index] = words[index]

    def reduced(self, words, t):
        """The state as the search keeps it, after a step of t: (steps, words)."""
        worker: Worker = self.workers[0]
        weight: cython.longlong
        to: cython.pointer(uint8_t)
        self._load(worker, words)
        memcpy(worker.child, worker.state, length(self.machine, worker.state) * 8)
        weight = worker.fuse(t) if t >= 0 else 0
        if not self.shared.arranges:
            return weight, self._child(worker)
        to = worker.room_for_draft()
        if to == cython.NULL:
            raise MemoryError
        words = self._ordered(worker, self._child(worker))
        if worker.pack(to, True) and self._arranged(worker, to):
            return weight, self._unpacked(worker, to)
        worker.unfit = False  # not a state of this search, but an image of it may be
        return weight, self._fitting_image(worker, to, words)

    def _ordered(self, worker, words):
        """A state without those who are forgotten; it becomes the child."""
        index: cython.longlong
        if self.shared.nameless:
            owners = [self.shared.owners[index] for index in range(self.shared.owner_count)]
            threads, handles = self.machine.threads, self.shared.nameless
            words = ordered(words, threads, owners, self.record_of, handles)
            for index in range(len(words)):
                worker.child[index] = words[index]
        return words

    def _fitting_image(self, worker, to, words):
        """The least image of a state that does not fit into the shape; itself if it has none."""
        index: cython.longlong
        p: cython.longlong
        for p in range(1, len(self.symmetry.members) if self.shared.turns else 0):
            image = self.symmetry.state(p, words, self.record_of)
            for index in range(len(image)):
                worker.child[index] = image[index]
            if worker.pack(to, True) and self._arranged(worker, to):
                return self._unpacked(worker, to)
            worker.unfit = False
        return words

    def value(self, words, code):
        """The words of an expectation in a state; None with the fault's code if it fails."""
        worker: Worker = self.workers[0]
        context: Context = worker.context
        index: cython.longlong
        self._load(worker, words)
        if evaluate(self.machine, context, worker.state, code) < 0 and context.fault:
            return None, context.fault
        return tuple(
            [worker.state[context.answer + index] for index in range(context.answer_count)]
        ), 0

    def thing_of(self, words, t):
        """The index of the object of an entity's next micro-op, -1."""
        worker: Worker = self.workers[0]
        self._load(worker, words)
        return object_of(self.machine, worker.state, t)

    def ways_of(self, words, t):
        """In how many ways an entity can step."""
        worker: Worker = self.workers[0]
        self._load(worker, words)
        return self._ways_here(worker, t)

    def record_of(self, t):
        """Where an entity's record begins in a state."""
        return record(self.machine, t)
