# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""Channels and select: what is ready, and how a message goes over.

A buffered channel is a queue in the state; sends and receives are steps of their own. Without a
buffer a transfer is one joint step of the sender, once for each way in which somebody else stands
ready to receive; the receiver by itself can only learn that the channel is closed. As in sync.py
there is for everything a question without effect, and an action that never waits.
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
