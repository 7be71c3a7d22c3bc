# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""Locks, conditions, barriers and channels: when they let an entity go on, and what they change.

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
    from conclang.machine.slots import slot_free
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
    drop_lock(m, s, lock)
    s[m.locks + lock] = r + 1
    return 0


def signal_all(m, x, s, condition):
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
    for r in range(s[0]):
        e = record(m, r)
        if r == t or s[e] != AT or (m.timed and s[e + m.at_arrived] == 0):
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
    for r in range(s[0]):
        e = record(m, r)
        if s[e] == AT_BARRIER and s[e + m.at_object] == barrier + 1:
            s[e] = MOVED
            s[e + m.at_object] = 0
            owe(x, r)
            if x.logging:
                note_word(x, r)


# -- channels ------------------------------------------------------------------------------------


def is_closed(m, s, channel):
    return s[m.channel_at[channel]] != 0


def can_receive(m, s, channel):
    """Is there a message, or the news that none will come?"""
    return s[m.channel_at[channel]] != 0 or s[m.channel_at[channel] + 1] > 0


def has_space(m, s, channel):
    return s[m.channel_at[channel] + 1] < m.capacity[channel]


def push(m, s, channel, source):
    """Put the words at `source` behind the messages of a buffered channel."""
    at = m.channel_at[channel]
    words = m.width[channel]
    place = at + 2 + s[at + 1] * words
    for i in range(words):
        s[place + i] = s[source + i]
    s[at + 1] += 1


def pop(m, s, channel, target):
    """Take the oldest message to `target` (-1: drop it); the others move up, 0 fills the end."""
    at = m.channel_at[channel]
    words = m.width[channel]
    if target >= 0:
        for i in range(words):
            s[target + i] = s[at + 2 + i]
    end = at + 2 + s[at + 1] * words
    for i in range(at + 2, end - words):
        s[i] = s[i + words]
    for i in range(end - words, end):
        s[i] = 0
    s[at + 1] -= 1


def partners(m, x, s, t, channel, wanted):
    """Ways in which others receive from a channel what t sends; number `wanted` is chosen.

    One for each plain receive, one for each arm of a select that receives from it.
    """
    count = 0
    for r in range(s[0]):
        if not stands_ready(m, s, t, r):
            continue
        at = s[record(m, r) + PC] * WIDE
        if m.code[at] == RECEIVE:
            if takes(m, s, base_of(m, s, r), m.code[at + 3], m.code[at + 4], channel):
                if count == wanted:
                    x.partner, x.partner_arm = r, -1
                count += 1
        elif m.code[at] == SELECT:
            count = partner_arms(m, x, s, r, channel, wanted, count)
    return count


def partner_arms(m, x, s, r, channel, wanted, count):
    """The same for the arms of r's select, counted on from `count`."""
    base = base_of(m, s, r)
    select = m.code[s[record(m, r) + PC] * WIDE + 1]
    first = m.select_at[select]
    for i in range(arm_count(m, select)):
        arm = first + i * ARM_WIDE
        if m.arms[arm] == ARM_RECEIVE and takes(
            m, s, base, m.arms[arm + 1], m.arms[arm + 4], channel
        ):
            if count == wanted:
                x.partner = r
                x.partner_arm = i
            count += 1
    return count


def takes(m, s, base, operand, words, channel):
    """Does a receive with this operand and width take messages of the channel?"""
    return value(m, s, base, operand) == channel and words == m.width[channel]


def stands_ready(m, s, t, r):
    """Can r be the passive side of a transfer with t?

    It must be at its op. An `async` task that has not started yet is only so if its event loop
    lets it start: the loop is free, or t holds it and is at an op that parks.
    """
    e = record(m, r)
    if r == t or s[e] != AT or (m.timed and s[e + m.at_arrived] == 0):
        return False
    if not m.loops or m.timed or s[e + m.at_loop] == r + 1 or s[e + m.at_started] != 0:
        return True
    holder = s[record(m, s[e + m.at_loop] - 1) + m.at_holder]
    mine = record(m, t)
    if holder == t + 1:
        return s[mine + m.at_loop] != t + 1 or s[mine + m.at_runtime] != 0
    return holder == 0


def has_sender(m, s, t, channel, able):
    """Is somebody at a send that an unbuffered receive of t would meet (and free to run)?"""
    for r in range(s[0]):
        if not stands_ready(m, s, t, r) or (able and not slot_free(m, s, r)):
            continue
        base = base_of(m, s, r)
        at = s[record(m, r) + PC] * WIDE
        if m.code[at] == SEND:
            if value(m, s, base, m.code[at + 1]) == channel:
                return True
        elif m.code[at] == SELECT:
            if sends_on(m, s, base, m.code[at + 1], channel):
                return True
    return False


def sends_on(m, s, base, select, channel):
    """Does a select have an arm that sends on the channel?"""
    for i in range(arm_count(m, select)):
        arm = m.select_at[select] + i * ARM_WIDE
        if m.arms[arm] == ARM_SEND and value(m, s, base, m.arms[arm + 1]) == channel:
            return True
    return False


def arm_count(m, select):
    return (m.select_at[select + 1] - m.select_at[select]) // ARM_WIDE


def hand_over(m, x, s, channel, source):
    """The joint step of an unbuffered transfer: the message goes to the partner, who moves on."""
    r = x.partner
    base = base_of(m, s, r)
    e = record(m, r)
    at = s[e + PC] * WIDE
    words = m.width[channel]
    if x.partner_arm < 0:
        target, ok = m.code[at + 1], m.code[at + 2]
        s[e + PC] += 1
    else:
        arm = m.select_at[m.code[at + 1]] + x.partner_arm * ARM_WIDE
        target, ok = m.arms[arm + 2], m.arms[arm + 3]
        s[e + PC] = m.arms[arm + 5]
    if target >= 0:
        for i in range(words):
            s[base + target + i] = s[source + i]
    if ok >= 0:
        s[base + ok] = 1
    s[e] = MOVED
    if m.loops:
        s[e + m.at_started] = 1
    owe(x, r)


def send(m, x, s, channel, source):
    """Send the words at `source`; the fault if the channel is closed."""
    if is_closed(m, s, channel):
        return FAULT_SEND_CLOSED
    if x.logging:
        note_word(x, x.partner)
        note_word(x, x.partner_arm)
        for i in range(m.width[channel]):
            note_word(x, s[source + i])
    if m.capacity[channel] > 0:
        push(m, s, channel, source)
    else:
        hand_over(m, x, s, channel, source)
    return 0


def receive(m, x, s, channel, target, ok):
    """Take a message to `target`, or zeros if closed; `ok` tells which (-1: unwanted)."""
    some = 1 if s[m.channel_at[channel] + 1] > 0 else 0
    if x.logging:
        note_word(x, some)
        for i in range(m.width[channel] if some else 0):
            note_word(x, s[m.channel_at[channel] + 2 + i])
    if some:
        pop(m, s, channel, target)
    elif target >= 0:
        for i in range(m.width[channel]):
            s[target + i] = 0
    if ok >= 0:
        s[ok] = some


def is_served(m, s, t):
    """Would the step of somebody who can run now end what t waits for at its receive or select?"""
    base, at = base_of(m, s, t), s[record(m, t) + PC] * WIDE
    if m.code[at] == RECEIVE:
        channel = value(m, s, base, m.code[at + 3])
        return m.capacity[channel] == 0 and has_sender(m, s, t, channel, 1)
    if m.code[at] == SELECT:
        for i in range(arm_count(m, m.code[at + 1])):
            arm = m.select_at[m.code[at + 1]] + i * ARM_WIDE
            if m.arms[arm] == ARM_RECEIVE:
                channel = value(m, s, base, m.arms[arm + 1])
                if m.capacity[channel] == 0 and has_sender(m, s, t, channel, 1):
                    return True
    return False


# -- select --------------------------------------------------------------------------------------


def arms_ready(m, x, s, t, wanted):
    """Ways a select can go on by itself; number `wanted` becomes x.arm and x.partner.

    A receive from an open unbuffered channel is not among them: it is taken by the sender's step,
    but it keeps `default` from being taken. `after` fires at any time in `check`; the timed loop
    has a clock for it.
    """
    base = base_of(m, s, t)
    select = m.code[s[record(m, t) + PC] * WIDE + 1]
    first, count, busy = m.select_at[select], 0, 0
    for i in range(arm_count(m, select)):
        arm = first + i * ARM_WIDE
        kind = m.arms[arm]
        if kind == ARM_DEFAULT:
            continue
        if kind == ARM_AFTER:
            more = 0 if m.timed else 1
        else:
            more = arm_ready(m, x, s, t, arm, base, wanted - count)
            if more > 0 or is_met(m, s, t, arm, base):
                busy = 1
        if count <= wanted < count + more:
            x.arm = i
        count += more
    if busy == 0:
        count = default_ready(m, x, select, wanted, count)
    return count


def arm_ready(m, x, s, t, arm, base, wanted):
    """Ways to take one send or receive arm."""
    channel = value(m, s, base, m.arms[arm + 1])
    if channel < 0 or channel >= m.object_limit[SEND]:
        return 1  # the mistake shows when it is taken
    if m.arms[arm] == ARM_RECEIVE:
        return 1 if can_receive(m, s, channel) else 0
    if is_closed(m, s, channel):
        return 1
    if m.capacity[channel] > 0:
        return 1 if has_space(m, s, channel) else 0
    return partners(m, x, s, t, channel, wanted)


def is_met(m, s, t, arm, base):
    """Is a sender waiting for this receive arm?"""
    if m.arms[arm] != ARM_RECEIVE:
        return False
    channel = value(m, s, base, m.arms[arm + 1])
    return m.capacity[channel] == 0 and has_sender(m, s, t, channel, 0)


def default_ready(m, x, select, wanted, count):
    """`default`, when nothing else on channels is possible."""
    for i in range(arm_count(m, select)):
        if m.arms[m.select_at[select] + i * ARM_WIDE] == ARM_DEFAULT:
            if count == wanted:
                x.arm = i
            count += 1
    return count
