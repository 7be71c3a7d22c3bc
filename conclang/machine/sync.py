# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""Locks, conditions and barriers: when they let an entity go on, and what they change.

For each kind of object there is a question without effect (`..._free`, `count_...`) and the action.
An action is only asked for when the question said yes, so it never waits; it sets no PC but those
of entities that it wakes. Nothing here runs local code: who is owed some is noted with `owe`.

Conditions are Mesa style: a signalled entity stands at its RETAKE and competes for the lock. With
`hoare` the signaller hands the lock to the one it wakes (owner = the waiter, who is still at its
RETAKE), becomes URGENT itself, and nobody but another urgent one may take the lock before it.
`spurious` needs nothing but permission: an ASLEEP entity may take the free lock as if signalled.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.opcodes import *
    from conclang.machine.state import base_of, note_word, owe, record, value

# -- locks ---------------------------------------------------------------------------------------


def lock_free(m, s, t, lock):
    """May t take the lock now? (Its owner may again, if the lock is recursive.)"""
    owner = s[m.locks + lock]
    if owner == 0:
        return not m.any_hoare or not has_urgent(m, s, lock)
    return owner == t + 1 and m.lock_recursive[lock] != 0


def has_urgent(m, s, lock):
    """Does somebody who signalled in Hoare's manner want the lock back?"""
    if m.timed:
        return s[m.urgents + lock] > 0
    for t in range(s[0]):
        e = record(m, t)
        if s[e] == URGENT and s[e + m.at_lock] == lock + 1:
            return True
    return False


def take_lock(m, s, t, lock):
    if m.ranks >= 0 and s[m.locks + lock] == 0:
        s[m.ranks + lock] = 1 + highest_rank(m, s, t)
    s[m.locks + lock] = t + 1
    if m.depths >= 0:
        s[m.depths + lock] += 1


def highest_rank(m, s, t):
    """The rank of the lock that t took last of those it holds; 0 when it holds none."""
    best = 0
    for lock in range(m.lock_count):
        if s[m.locks + lock] == t + 1 and s[m.ranks + lock] > best:
            best = s[m.ranks + lock]
    return best


def give_lock(m, s, t, lock):
    """Release one level; the fault if t does not hold the lock."""
    if s[m.locks + lock] != t + 1:
        return FAULT_NOT_HELD
    if m.depths >= 0:
        s[m.depths + lock] -= 1
        if s[m.depths + lock] > 0:
            return 0
    drop_lock(m, s, lock)
    return 0


def drop_lock(m, s, lock):
    """Nobody holds the lock any more, however often it was held."""
    s[m.locks + lock] = 0
    if m.depths >= 0:
        s[m.depths + lock] = 0
    if m.ranks >= 0:
        s[m.ranks + lock] = 0


def innermost_lock(m, s, t):
    """The lock t took last of those it holds, -1 when it holds none."""
    found, best = -1, 0
    for lock in range(m.lock_count):
        if s[m.locks + lock] == t + 1:
            rank = s[m.ranks + lock] if m.ranks >= 0 else 1
            if rank > best:
                found, best = lock, rank
    return found


# -- conditions ----------------------------------------------------------------------------------


def retake_free(m, s, t):
    """May t have its lock back, after a wait or as an urgent signaller?"""
    e = record(m, t)
    lock = s[e + m.at_lock] - 1
    owner = s[m.locks + lock]
    if owner != 0:
        return owner == t + 1
    return s[e] == URGENT or not m.any_hoare or not has_urgent(m, s, lock)


def begin_wait(m, x, s, t, condition):
    """Give the innermost lock up and fall asleep."""
    lock = innermost_lock(m, s, t)
    if lock < 0:
        return FAULT_NO_LOCK
    remember_lock(m, s, t, lock)
    drop_lock(m, s, lock)
    e = record(m, t)
    s[e] = ASLEEP
    s[e + m.at_object] = condition + 1
    if x.logging:
        note_word(x, lock)
    return 0


def remember_lock(m, s, t, lock):
    """Note in t's record what it will want back."""
    e = record(m, t)
    s[e + m.at_lock] = lock + 1
    if m.depths >= 0:
        s[e + m.at_depth] = s[m.depths + lock]


def retake_lock(m, x, s, t):
    """Take the lock back as it was held before."""
    e = record(m, t)
    lock = s[e + m.at_lock] - 1
    if m.timed and s[e] == URGENT:
        s[m.urgents + lock] -= 1
    s[m.locks + lock] = 0  # also if it was handed over: then it was free for t alone
    take_lock(m, s, t, lock)
    if m.depths >= 0:
        s[m.depths + lock] = s[e + m.at_depth]
        s[e + m.at_depth] = 0
    s[e + m.at_lock] = 0
    s[e + m.at_object] = 0
    if x.logging:
        note_word(x, lock)


def sleepers(m, x, s, condition, wanted):
    """How many sleep at a condition; number `wanted` of them becomes the partner."""
    count = 0
    for t in range(s[0]):
        e = record(m, t)
        if s[e] == ASLEEP and s[e + m.at_object] == condition + 1:
            if count == wanted:
                x.partner = t
            count += 1
    return count


def wake_sleeper(m, s, r):
    """A signalled entity stands at its RETAKE from now on."""
    e = record(m, r)
    s[e] = AT
    s[e + m.at_object] = 0


def signal_one(m, x, s, t, condition):
    """Wake the partner; in Hoare's manner it gets the lock at once and the signaller waits."""
    r = x.partner
    if x.logging:
        note_word(x, r)
    if r < 0:
        return 0
    lock = s[record(m, r) + m.at_lock] - 1
    owner = s[m.locks + lock]
    wake_sleeper(m, s, r)
    if m.hoare[condition] == 0 or (owner != 0 and owner != t + 1):
        return 0
    if owner == t + 1:
        if x.inside > 0:
            return FAULT_BLOCKING
        remember_lock(m, s, t, lock)
        s[record(m, t)] = URGENT
        if m.timed:
            s[m.urgents + lock] += 1
    drop_lock(m, s, lock)
    s[m.locks + lock] = r + 1
    return 0


def signal_all(m, x, s, condition):
    """Wake all who sleep there; the timed loop knows them already, unless `atomic` is around."""
    if m.timed and x.inside == 0:
        for i in range(x.stuck_count):
            wake_sleeper(m, s, x.stuck[i])
            if x.logging:
                note_word(x, x.stuck[i])
        return
    for t in range(s[0]):
        e = record(m, t)
        if s[e] == ASLEEP and s[e + m.at_object] == condition + 1:
            wake_sleeper(m, s, t)
            if x.logging:
                note_word(x, t)


# -- readers and writers -------------------------------------------------------------------------


def read_free(m, s, t, rwlock):
    """May t read? With `prefer_writers` not while a writer is waiting."""
    if s[m.rwlocks + 2 * rwlock] != 0:
        return False
    return m.rwlock_prefer[rwlock] == 0 or not has_writer(m, s, t, rwlock)


def write_free(m, s, rwlock):
    return s[m.rwlocks + 2 * rwlock] == 0 and s[m.rwlocks + 2 * rwlock + 1] == 0


def has_writer(m, s, t, rwlock):
    """Is somebody else at the `acquire write` of it?"""
    if m.timed:
        return s[m.writers + rwlock] > 0
    for r in range(s[0]):
        e = record(m, r)
        if r == t or s[e] != AT:
            continue
        at = s[e + PC] * WIDE
        if m.code[at] == WRITE_ACQUIRE and value(m, s, base_of(m, s, r), m.code[at + 1]) == rwlock:
            return True
    return False


def take_read(m, s, t, rwlock):
    s[m.rwlocks + 2 * rwlock + 1] += 1
    s[record(m, t) + m.at_rw + rwlock] += 1


def give_read(m, s, t, rwlock):
    mine = record(m, t) + m.at_rw + rwlock
    if s[mine] == 0:
        return FAULT_NOT_HELD
    s[mine] -= 1
    s[m.rwlocks + 2 * rwlock + 1] -= 1
    return 0


def take_write(m, s, t, rwlock):
    s[m.rwlocks + 2 * rwlock] = t + 1


def give_write(m, s, t, rwlock):
    if s[m.rwlocks + 2 * rwlock] != t + 1:
        return FAULT_NOT_HELD
    s[m.rwlocks + 2 * rwlock] = 0
    return 0


# -- barriers ------------------------------------------------------------------------------------


def arrive(m, x, s, t, barrier):
    """Sleep at the barrier, or, as the last one, wake all who do."""
    if s[m.barriers + barrier] + 1 < m.parties[barrier]:
        s[m.barriers + barrier] += 1
        e = record(m, t)
        s[e] = AT_BARRIER
        s[e + m.at_object] = barrier + 1
        return
    s[m.barriers + barrier] = 0
    if m.timed and x.inside == 0:
        for i in range(x.stuck_count):
            let_pass(m, x, s, x.stuck[i])
        return
    for r in range(s[0]):
        e = record(m, r)
        if s[e] == AT_BARRIER and s[e + m.at_object] == barrier + 1:
            let_pass(m, x, s, r)


def let_pass(m, x, s, r):
    """One who sleeps at a barrier goes on."""
    e = record(m, r)
    s[e] = MOVED
    s[e + m.at_object] = 0
    owe(x, r)
    if x.logging:
        note_word(x, r)
