# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""The state of a program: one flat run of 64-bit words.

A state is a `long long *` for C and a list of ints for the plain engine; the same source serves
both. It is canonical: two states with the same words have the same future, because a step leaves
0 in dead slots, in popped frames and in the stacks of the finished. It can be copied by `memcpy`
(`copy_state` skips the unused depth of recursive stacks).

Layout
------
word 0        number of entities so far (declared threads first, then in order of creation)
`now`         index into the landmarks (only if the program reads `now` and time is abstract)
`cells`       shared memory, as `Cell.base` says
`locks`       per lock its owner + 1, 0 = free
`depths`      per lock how often it is held (only if a lock is recursive)
`ranks`       per lock: how many locks its owner held before, + 1 (only if a `wait` has a choice)
`rwlocks`     per rwlock: its writer + 1, the number of read sides held
`semaphores` `events` `barriers` (sleeping there)  `runtimes` (free workers): one word each
`writers` `urgents`  (timed) per rwlock: writers that wait; per lock: signallers that want it back
`channel_at`  per channel: closed, count, then capacity x width words, the oldest message first
`section_at`  per section how many are inside (only of those an `at most` speaks of)
`first`       records of the declared threads, at `entity_at[t]`
`dynamic`     records of all others, `stride` words each

Record of an entity: STATUS, PC, FP, then what the program needs (offset -1 = absent):
`at_code` its code; `at_object` the condition it sleeps at, or barrier; `at_lock` + 1 and
`at_depth` what it retakes; `at_calls` calls inside each other; `at_runtime` + 1 of a task;
`at_worker` 1 while it holds one; `at_loop` + 1 the entity whose event loop it runs on (itself
unless made by `async`); `at_started` 0 before the first step of an `async` task; `at_holder` + 1
who holds this entity's loop; `at_rw` read sides held, per rwlock; `at_arrived` (timed) 1 while the
timed loop counts it as waiting at its op; `stack`.

A frame's slots start at `stack + FP`. Below a callee's frame lies one word, the pc to return to.
A finished entity keeps its result in the first words of its stack.

Status
------
MOVED       its micro-op is done, the local code from PC on is still to run (also: just created)
AT          at the visible micro-op PC (in `check`: has arrived at it), or a task at its END that
            needs its worker or loop first (see slots.py)
ASLEEP      waits for a signal; PC is at the RETAKE that follows
AT_BARRIER  sleeps at a barrier; PC is behind the BARRIER_WAIT
URGENT      signalled in Hoare's manner; PC is at the SIGNAL; its step retakes the lock
SPINNING    in a loop without a visible micro-op for ever
FINISHED

`check` and the timed run
-------------------------
`Machine(program)` is for all schedules: WORK, YIELD (and SLEEP, IO outside of tasks) are local,
workers and loops are settled by the machine, everybody AT an op has arrived there, local code runs
with the step before it, also that of a partner or of those woken.
`Machine(program, timed=True)` leaves time to the timed loop: nobody is run beyond WORK, YIELD,
SLEEP, IO and visible ops; workers and event loops are the loop's business (`ways` ignores them);
only entities whose `at_arrived` word is 1 count as partners or waiting writers; and only the
actor's local tail runs at once (not even that when `Context.lazy`): others are left MOVED, for
`resume`.
"""

from __future__ import annotations

from array import array

try:
    import cython
except ImportError:  # the plain engine does without
    from conclang.machine import no_cython as cython

from conclang.machine.tables import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.ir.program import Program

if not cython.compiled:
    from conclang.machine.opcodes import *


class Machine:
    """A program's tables. Read-only once made, so several workers may share one."""

    def __init__(self, program: Program, timed: bool = False, clear: bool = True) -> None:
        self.program = program
        self._kept = []
        tables = flatten(program, timed, clear)
        self._read_code(tables.arrays)
        self._read_objects(tables.arrays)
        self._read_places(tables.numbers)
        self._read_facts(tables.numbers)

    def _read_code(self, arrays):
        self.code = self.keep(arrays["code"])
        self.constants = self.keep(arrays["constants"])
        self.frame = self.keep(arrays["frame"])
        self.dead_at = self.keep(arrays["dead_at"])
        self.dead = self.keep(arrays["dead"])
        self.trapped = self.keep(arrays["trapped"])
        self.object_role = self.keep(arrays["object_role"])
        self.object_limit = self.keep(arrays["object_limit"])
        self.code_entry = self.keep(arrays["code_entry"])
        self.code_frame = self.keep(arrays["code_frame"])
        self.code_parameters = self.keep(arrays["code_parameters"])
        self.code_result = self.keep(arrays["code_result"])
        self.entity_at = self.keep(arrays["entity_at"])
        self.thread_code = self.keep(arrays["thread_code"])
        self.arguments_at = self.keep(arrays["arguments_at"])
        self.arguments = self.keep(arrays["arguments"])

    def _read_objects(self, arrays):
        self.initial = self.keep(arrays["initial"])
        self.lock_recursive = self.keep(arrays["lock_recursive"])
        self.rwlock_prefer = self.keep(arrays["rwlock_prefer"])
        self.hoare = self.keep(arrays["hoare"])
        self.spurious = self.keep(arrays["spurious"])
        self.parties = self.keep(arrays["parties"])
        self.capacity = self.keep(arrays["capacity"])
        self.width = self.keep(arrays["width"])
        self.channel_at = self.keep(arrays["channel_at"])
        self.section_at = self.keep(arrays["section_at"])
        self.select_at = self.keep(arrays["select_at"])
        self.arms = self.keep(arrays["arms"])
        self.template_at = self.keep(arrays["template_at"])
        self.operands = self.keep(arrays["operands"])
        self.landmarks = self.keep(arrays["landmarks"])

    def _read_places(self, numbers):
        self.now = numbers["now"]
        self.cells = numbers["cells"]
        self.locks = numbers["locks"]
        self.depths = numbers["depths"]
        self.ranks = numbers["ranks"]
        self.rwlocks = numbers["rwlocks"]
        self.semaphores = numbers["semaphores"]
        self.events = numbers["events"]
        self.barriers = numbers["barriers"]
        self.runtimes = numbers["runtimes"]
        self.writers = numbers["writers"]
        self.urgents = numbers["urgents"]
        self.first = numbers["first"]
        self.dynamic = numbers["dynamic"]
        self.stride = numbers["stride"]
        self.stack = numbers["stack"]
        self.slack = numbers["slack"]

    def _read_facts(self, numbers):
        self.at_code = numbers["at_code"]
        self.at_object = numbers["at_object"]
        self.at_lock = numbers["at_lock"]
        self.at_depth = numbers["at_depth"]
        self.at_calls = numbers["at_calls"]
        self.at_runtime = numbers["at_runtime"]
        self.at_worker = numbers["at_worker"]
        self.at_loop = numbers["at_loop"]
        self.at_started = numbers["at_started"]
        self.at_holder = numbers["at_holder"]
        self.at_rw = numbers["at_rw"]
        self.at_arrived = numbers["at_arrived"]
        self.threads = numbers["threads"]
        self.lock_count = numbers["lock_count"]
        self.runtime_count = numbers["runtime_count"]
        self.rwlock_count = numbers["rwlock_count"]
        self.landmark_count = numbers["landmark_count"]
        self.max_calls = numbers["max_calls"]
        self.messages = numbers["messages"]
        self.timed = numbers["timed"] != 0
        self.tasks = numbers["tasks"] != 0
        self.late_ends = numbers["late_ends"] != 0
        self.loops = numbers["loops"] != 0
        self.dynamics = numbers["dynamics"] != 0
        self.recursive = numbers["recursive"] != 0
        self.any_hoare = numbers["any_hoare"] != 0
        self.any_spurious = numbers["any_spurious"] != 0

    def keep(self, values):
        """An array that lives as long as the machine; never empty, so that C may point at it."""
        if cython.compiled:
            words = array("q", values or [0])
            self._kept.append(words)
            return words_of(words)
        return list(values)

    def size(self, entities: int) -> int:
        """Words of a state with so many entities, the slack of `evaluate` not included."""
        return self.dynamic + max(0, entities - self.threads) * self.stride


class Context:
    """A worker's scratch paper. One per worker; a Machine may be shared, a Context may not."""

    def __init__(self, room: int = 0) -> None:
        if not cython.compiled:
            self.digits, self.radix, self.woken, self.log, self.snapshot = [], [], [], [], []
            self.stuck = []
            self.values = [0] * 8
        self.digits = fresh(self.digits, 0, MAX_DIGITS)
        self.radix = fresh(self.radix, 0, MAX_DIGITS)
        self.woken_room = self.log_room = self.snapshot_room = self.stuck_room = 64
        self.stuck = fresh(self.stuck, 0, 64)
        self.woken = fresh(self.woken, 0, 64)
        self.log = fresh(self.log, 0, 64)
        self.snapshot = fresh(self.snapshot, 0, 64)
        self.arm = self.partner = self.partner_arm = -1
        self.cursor = self.known = self.fault = self.fault_entity = self.fault_pc = 0
        self.value_count = self.answer = self.answer_count = 0
        self.room = room
        self.budget = MAX_ROUNDS
        self.now = 0
        self.random = 1
        self.logging = self.lazy = self.seeded = False
        self.woken_count = self.stuck_count = self.log_size = self.log_at = 0
        self.base = self.bottom = self.calls = self.inside = 0
        self.saw_now = False

    def __dealloc__(self):
        if cython.compiled:
            free(self.digits)
            free(self.radix)
            free(self.woken)
            free(self.log)
            free(self.snapshot)
            free(self.stuck)

    def given(self, digits: tuple[int, ...]) -> None:
        """Prepare the choices of the next start or step: the digits of a recorded branch."""
        self.cursor = 0
        self.known = min(len(digits), MAX_DIGITS)
        for i in range(self.known):
            self.digits[i] = digits[i]
            self.radix[i] = digits[i] + 1

    def taken(self) -> tuple[int, ...]:
        """The choices the last start or step made."""
        return tuple([self.digits[i] for i in range(self.cursor)])

    def records(self) -> list[list[int]]:
        """The log as lists: kind, entity, pc, object, then what the micro-op's kind notes."""
        found, at = [], 0
        while at < self.log_size:
            found.append([self.log[i] for i in range(at + 1, at + self.log[at])])
            at += self.log[at]
        return found

    def fault_values(self) -> tuple[int, ...]:
        return tuple([self.values[i] for i in range(self.value_count)])


def words_of(words):
    """The words of an array, as functions want them: a pointer for C."""
    if cython.compiled:
        address: cython.size_t = words.buffer_info()[0]
        return cython.cast(cython.p_longlong, address)
    return words


def fresh(words, old, new):
    """The same words with room for more; the added ones are 0."""
    if cython.compiled:
        words = cython.cast(cython.p_longlong, realloc(words, new * 8))
        if words == cython.NULL:
            abort()
        for i in range(old, new):
            words[i] = 0
        return words
    words.extend([0] * (new - old))
    return words


def record(m, t):
    """Where the record of entity t begins."""
    if t < m.threads:
        return m.entity_at[t]
    return m.dynamic + (t - m.threads) * m.stride


def length(m, s):
    """Words of a state in use."""
    return m.dynamic + (s[0] - m.threads) * m.stride


def base_of(m, s, t):
    """Where slot 0 of t's running frame is."""
    e = record(m, t)
    return e + m.stack + s[e + FP]


def value(m, s, base, operand):
    """What an operand with role `v` stands for."""
    if operand >= 0:
        return s[base + operand]
    return m.constants[~operand]


def extent(m, s, t):
    """Words of t's record that mean something; those behind are unused depth of its stack."""
    e = record(m, t)
    if s[e] == FINISHED:
        return m.stack + m.code_result[code_of(m, s, t)]
    if s[e] == SPINNING:
        return m.stack
    return m.stack + s[e + FP] + m.frame[s[e + PC]]


def code_of(m, s, t):
    """The code an entity was started with."""
    if t < m.threads:
        return m.thread_code[t]
    return s[record(m, t) + m.at_code]


def object_of(m, s, t):
    """The index of the object t's next micro-op touches, -1 if it touches none."""
    at = s[record(m, t) + PC] * WIDE
    role = m.object_role[m.code[at]]
    if role < 0:
        return -1
    if m.code[at] == LEAVE:
        return m.code[at + 1]
    return value(m, s, base_of(m, s, t), m.code[at + 1 + role])


def retake_of(m, s, t):
    """The lock an entity wants back after a wait or a signal, -1 if none."""
    return s[record(m, t) + m.at_lock] - 1 if m.at_lock >= 0 else -1


def copy_state(m, target, source):
    """Copy a state; of recursive stacks only the live part (what lies above it is never read)."""
    if not m.recursive:
        _copy_words(target, source, 0, length(m, source))
        return
    _copy_words(target, source, 0, m.first)
    for t in range(source[0]):
        _copy_words(target, source, record(m, t), extent(m, source, t))


def _copy_words(target, source, start, count):
    if cython.compiled:
        memcpy(target + start, source + start, count * 8)
    else:
        target[start : start + count] = source[start : start + count]


def note(x, kind, t, pc, thing):
    """Open a record in the log: its size, kind, entity, pc, object; `note_word` adds to it."""
    x.log_at = x.log_size
    note_word(x, 0)
    note_word(x, kind)
    note_word(x, t)
    note_word(x, pc)
    note_word(x, thing)


def note_word(x, word):
    if x.log_size >= x.log_room:
        x.log = fresh(x.log, x.log_room, x.log_room * 2)
        x.log_room *= 2
    x.log[x.log_size] = word
    x.log_size += 1
    x.log[x.log_at] = x.log_size - x.log_at


def failed(x, fault, t, pc):
    """Note a fault with its place."""
    x.fault = fault
    x.fault_entity = t
    x.fault_pc = pc
    return fault


def owe(x, t):
    """Remember that the local code of t is still to run in this step."""
    if x.woken_count >= x.woken_room:
        x.woken = fresh(x.woken, x.woken_room, x.woken_room * 2)
        x.woken_room *= 2
    x.woken[x.woken_count] = t
    x.woken_count += 1
