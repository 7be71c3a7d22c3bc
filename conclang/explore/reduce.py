"""Reductions: what may be left out of a search without changing its answers.

Left-movers (R. Lipton, "Reduction: a method of proving properties of parallel programs", CACM 18,
1975). A step is a left-mover if, whenever it comes right after a step of somebody else, the two
could be exchanged with the same result. Giving back a lock, one side of a rwlock or a semaphore's
unit is one: it is never blocked, nobody else can take what is not there yet, and what others do
meanwhile stays possible. So it may be taken together with the step before it, and the states in
between need not be looked at. This fails when somebody can *see* that it is still held: `try` of
that kind. Leaving a section and printing touch nothing that others can see, unless an `at most`
watches the section.

Nothing that is looked for gets lost: a race, a false predicate or a failing step of other threads
is still there after one thread has given something back, and deadlocks and ends have no such step
left to do. The number of steps stays right, since the search goes by steps and not by fused ones.

So are accesses to a cell whose lock is held, if everybody takes that lock for it (C. Flanagan,
S. Qadeer, "Transactions for software model checking", 2003): meanwhile nobody else can come near.
Which lock guards which cell is read off the probe, and every access of the search is checked
against it: the first that comes without its lock ends the search, and it is made again without
this reduction. Writes that predicates can see are left as they are; where indivisible blocks touch
cells unseen, it is not used.

Symmetry (C. N. Ip and D. Dill, "Better verification through symmetry", FMSD 9, 1996). Threads made
from one declaration run the same code. What such a thread will do is in its record; who it is
shows only in the locks it owns. So two of them may change places, records and ownership, and the
program goes on as before under other names. Of all states that differ by such exchanges one is
kept: records in ascending order. Where the graph is kept, each edge tells how threads have changed
places on it, so it is still known who can go on. A thread whose index matters has it in its record,
which then differs from all others, so nothing is lost and nothing gained. `self` makes identity a
value, and event loops are named after threads: with either of them no thread is exchanged.

Three have places of their own: symmetry of threads that use their index (symmetry.py), the order of
who was started (started.py, joining.py), persistent sets (persistent.py). All of them are held
against the unreduced search by tests/properties: each alone, any two, any set of them (test_pairs,
sweep), both engines, any number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable

from conclang.explore.property import Questions
from conclang.explore.reports import SearchOptions
from conclang.ir.ops import OpKind
from conclang.ir.program import Program, Thread

NAMES = {
    "movers": "left-movers fused",
    "symmetry": "symmetry of threads",
    "indices": "symmetry of threads with indices",
    "started": "order of started threads",
    "guards": "guarded accesses fused",
    "persistent": "persistent sets",
}
"""What can be switched off one by one, and how the statistics call it."""

FIELDS = {
    "movers": "fusable",
    "symmetry": "groups",
    "indices": "symmetry",
    "started": "nameless",
    "guards": "guards",
    "persistent": "alone",
}
"""By which option of a search it is used."""

MOST_NAMED = 16
"""So many threads may change places and still be told apart on the edges of a graph."""

FUSING = "fusing"
"""Local work taken with the step before: not of a search, but of the program (ir/apart.py)."""
LOCALS = "locals"
"""One more: dead locals are cleared by the machine itself, and in the unreduced search as well."""
RESTING_ON_IT = frozenset({"indices", "started"})
"""They look at live locals only, so the others must not differ."""

GIVING = {
    OpKind.RELEASE: (OpKind.TRY,),
    OpKind.UP: (OpKind.DOWN_TRY,),
    OpKind.READ_RELEASE: (OpKind.READ_TRY, OpKind.WRITE_TRY),
    OpKind.WRITE_RELEASE: (OpKind.READ_TRY, OpKind.WRITE_TRY),
}


def names(options: SearchOptions) -> tuple[str, ...]:
    """The reductions that a search uses."""
    return tuple(NAMES[name] for name, field in FIELDS.items() if getattr(options, field))


BLOCKING = frozenset(
    {
        OpKind.ACQUIRE,
        OpKind.READ_ACQUIRE,
        OpKind.WRITE_ACQUIRE,
        OpKind.DOWN,
        OpKind.WAIT,
        OpKind.RETAKE,
        OpKind.EVENT_WAIT,
        OpKind.BARRIER_WAIT,
        OpKind.SEND,
        OpKind.RECEIVE,
        OpKind.SELECT,
        OpKind.GO,
        OpKind.ASYNC,
        OpKind.JOIN,
        OpKind.AWAIT,
        OpKind.SLEEP,
        OpKind.IO,
    }
)
"""Where an entity may have to wait, if only for a worker."""


def may_block(program: Program) -> bool:
    """Is there anything at which somebody could be left behind? If not, the graph is not needed."""
    return any(op.kind in BLOCKING for op in program.ops)


def standing_counts(program: Program) -> bool:
    """May merely standing at a micro-op keep others from going on?

    A rwlock that prefers writers lets nobody read while one stands at its write side, and a
    `default` is not taken while somebody stands at an unbuffered channel. Then no step may bring
    its thread there unseen, together with the step before.
    """
    if any("prefer_writers" in rwlock.options for rwlock in program.things["rwlock"]):
        return True
    peeping = any(arm.kind == "default" for select in program.selects for arm in select.arms)
    return peeping and any(channel.amount == 0 for channel in program.things["channel"])


def fusable_kinds(program: Program, questions: Questions) -> tuple[int, ...]:
    """The kinds of micro-ops that may be taken together with the step before."""
    if standing_counts(program):
        return ()
    used = {op.kind for op in program.ops}
    kinds = [kind for kind, seers in GIVING.items() if not used & set(seers)]
    if not questions.sections:
        kinds.append(OpKind.LEAVE)
    kinds.append(OpKind.PRINT)
    return tuple(sorted(int(kind) for kind in kinds if kind in used))


def guards(program: Program, questions: Questions, seen: tuple[int, ...]) -> tuple[int, ...]:
    """Per word of memory twice the lock to rely on, of those seen to guard it, -1 for none.

    Plus one where predicates look at the word: its reads may be fused, its writes may not.
    """
    if standing_counts(program) or any(op.kind == OpKind.ATOMIC for op in program.ops):
        return ()
    watched = words_read(program, questions.predicates)
    if watched is None:
        return ()
    chosen = tuple(
        2 * lock + (word in watched) if lock >= 0 else -1 for word, lock in enumerate(seen)
    )
    return chosen if any(lock >= 0 for lock in chosen) else ()


def words_read(program: Program, codes: Iterable[int]) -> set[int] | None:
    """The words of memory that predicates look at; None: any."""
    read = set()
    for number in codes:
        code = program.codes[number]
        for op in program.ops[code.entry : code.end]:
            if op.kind == OpKind.CALL or (op.kind == OpKind.PEEK and op.b >= 0):
                return None
            if op.kind == OpKind.PEEK:
                read.add(program.constants[~op.b])
    return read


def interchangeable(program: Program) -> tuple[tuple[int, int], ...]:
    """Runs of threads (first, last + 1) that may change places."""
    used = {op.kind for op in program.ops}
    if used & {OpKind.SELF, OpKind.ASYNC}:
        return ()
    groups, first = [], 0
    threads = program.threads
    for t in range(1, len(threads) + 1):
        if t < len(threads) and _alike(threads[t], threads[first]):
            continue
        if t - first > 1:
            groups.append((first, t))
        first = t
    return tuple(groups)


def _alike(one: Thread, two: Thread) -> bool:
    return one.code == two.code and one.attributes.daemon == two.attributes.daemon
