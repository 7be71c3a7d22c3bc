# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""The visible micro-ops: when each can be done, and what it does.

`alternatives` counts the ways a micro-op can be done now and finds one by its number; `act` does
it. An entity that has acted is MOVED (its local code comes next) or sleeps. One function for each
family; what locks and channels do is told in sync.py.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.arith import add_overflows
    from conclang.machine.channels import (
        arms_ready,
        can_receive,
        has_space,
        is_closed,
        partners,
        receive,
        send,
    )
    from conclang.machine.local import copy_words, scrub
    from conclang.machine.opcodes import *
    from conclang.machine.slots import free_slot
    from conclang.machine.state import (
        base_of,
        code_of,
        failed,
        note,
        note_word,
        object_of,
        owe,
        record,
        retake_of,
        value,
    )
    from conclang.machine.sync import (
        arrive,
        begin_wait,
        give_lock,
        give_read,
        give_write,
        lock_free,
        read_free,
        retake_free,
        retake_lock,
        signal_all,
        signal_one,
        sleepers,
        take_lock,
        take_read,
        take_write,
        write_free,
    )

# -- what can be done ----------------------------------------------------------------------------


def alternatives(m, x, s, t, wanted):
    """Ways t's micro-op can be done, workers aside; number `wanted` goes to x.arm, x.partner."""
    kind = m.code[s[record(m, t) + PC] * WIDE]
    if kind < ACQUIRE:
        return 1
    if kind == SELECT:
        return arms_ready(m, x, s, t, wanted)
    thing = object_of(m, s, t)
    if thing < 0 or thing >= m.object_limit[kind]:
        return 1  # the mistake shows when it is done
    if kind < WAIT:
        return 1 if is_free(m, s, t, kind, thing) else 0
    if kind == SEND:
        if m.capacity[thing] > 0 or is_closed(m, s, thing):
            return 1 if has_space(m, s, thing) or is_closed(m, s, thing) else 0
        return partners(m, x, s, t, thing, wanted)
    if kind == RECEIVE:
        return 1 if can_receive(m, s, thing) else 0
    if kind == SIGNAL:
        count = sleepers(m, x, s, thing, wanted)
        return count if count > 0 else 1
    if kind == RETAKE:
        return 1 if retake_of(m, s, t) < 0 or retake_free(m, s, t) else 0
    if kind == EVENT_WAIT:
        return s[m.events + thing]
    if kind == JOIN or kind == AWAIT:
        return 1 if can_join(m, s, t, thing) else 0
    return 1


def is_free(m, s, t, kind, thing):
    """May t take this lock, side of a rwlock, or semaphore? Releases and tries never wait."""
    if kind == ACQUIRE:
        return lock_free(m, s, t, thing)
    if kind == DOWN:
        return s[m.semaphores + thing] > 0
    if kind == READ_ACQUIRE:
        return read_free(m, s, t, thing)
    if kind == WRITE_ACQUIRE:
        return write_free(m, s, thing)
    return True


def can_join(m, s, t, handle):
    """Has it ended? (Joining oneself or nobody is a mistake, which is always possible.)"""
    if handle == t + 1 or handle < 1 or handle > s[0]:
        return True
    return s[record(m, handle - 1)] == FINISHED


# -- visible micro-ops ---------------------------------------------------------------------------


def act(m, x, s, t):
    """Execute t's micro-op; t is then MOVED, or sleeps; returns the fault."""
    e = record(m, t)
    pc = s[e + PC]
    kind = m.code[pc * WIDE]
    if s[e] == URGENT or s[e] == ASLEEP:
        return act_awake(m, x, s, t, pc)
    thing = object_of(m, s, t)
    if x.logging and kind >= READ:
        note(x, kind, t, pc, thing)
    if thing >= m.object_limit[kind] or (thing < 0 and m.object_role[kind] >= 0):
        x.values[0], x.values[1], x.value_count = thing, m.object_limit[kind], 2
        return failed(x, FAULT_INDEX, t, pc)
    s[e] = MOVED
    s[e + PC] = pc + 1
    if kind < READ:  # sleep, io and the end of a task
        if kind == END or kind == RETURN:
            s[e + PC] = pc
        return 0
    if kind <= CAS:
        fault = act_memory(m, x, s, s[e + FP] + e + m.stack, pc * WIDE, thing)
    elif kind <= DOWN_TRY:
        fault = act_lock(m, x, s, t, pc, thing)
    elif kind <= BARRIER_WAIT:
        fault = act_wait(m, x, s, t, pc, thing)
    elif kind <= SELECT:
        fault = act_channel(m, x, s, t, pc, thing)
    elif kind <= AWAIT:
        fault = act_entity(m, x, s, t, pc, thing)
    else:
        fault = act_other(m, x, s, t, pc)
    return failed(x, fault, t, pc) if fault != 0 else 0


def act_awake(m, x, s, t, pc):
    """An urgent signaller, or a sleeper nobody signalled, takes its lock back."""
    e = record(m, t)
    if x.logging:
        note(x, NOTE_URGENT if s[e] == URGENT else RETAKE, t, pc, s[e + m.at_object] - 1)
    retake_lock(m, x, s, t)
    s[e] = MOVED
    s[e + PC] = pc + 1
    return 0


def act_memory(m, x, s, base, at, cell):
    """READ ... CAS."""
    code = m.code
    kind, place = code[at], m.cells + cell
    old = new = s[place]
    if kind == READ or kind == LOAD:
        s[base + code[at + 1]] = old
        if x.logging:
            note_word(x, old)
        return 0
    if kind == WRITE or kind == STORE:
        new = value(m, s, base, code[at + 2])
        if x.logging:
            note_word(x, new)
            note_word(x, old)
        s[place] = new
        return 0
    return act_exchange(m, x, s, base, at, place)


def act_exchange(m, x, s, base, at, place):
    """FETCH_ADD, SWAP, CAS: they give the old value, or whether it was as expected."""
    code = m.code
    kind, old, operand = code[at], s[place], value(m, s, base, code[at + 3])
    answer = old
    if kind == FETCH_ADD:
        if add_overflows(old, operand):
            return FAULT_OVERFLOW
        s[place] = old + operand
    elif kind == SWAP:
        s[place] = operand
    else:
        answer = 1 if old == operand else 0
        if answer:
            s[place] = value(m, s, base, code[at + 4])
    if code[at + 1] >= 0:
        s[base + code[at + 1]] = answer
    if x.logging:
        note_word(x, answer)
        note_word(x, old if kind == CAS else s[place])
    return 0


def act_lock(m, x, s, t, pc, thing):
    """Locks, rwlocks and semaphores."""
    kind = m.code[pc * WIDE]
    if kind == ACQUIRE:
        take_lock(m, s, t, thing)
    elif kind == RELEASE:
        return give_lock(m, s, t, thing)
    elif kind == DOWN:
        s[m.semaphores + thing] -= 1
    elif kind == UP:
        if add_overflows(s[m.semaphores + thing], 1):
            return FAULT_OVERFLOW
        s[m.semaphores + thing] += 1
    elif kind == READ_ACQUIRE:
        take_read(m, s, t, thing)
    elif kind == READ_RELEASE:
        return give_read(m, s, t, thing)
    elif kind == WRITE_ACQUIRE:
        take_write(m, s, t, thing)
    elif kind == WRITE_RELEASE:
        return give_write(m, s, t, thing)
    else:
        act_try(m, x, s, t, pc, thing)
    return 0


def act_try(m, x, s, t, pc, thing):
    """Take it if that is possible at once, and say whether it was."""
    kind = m.code[pc * WIDE]
    won = False
    if kind == TRY:
        won = lock_free(m, s, t, thing)
        if won:
            take_lock(m, s, t, thing)
    elif kind == READ_TRY:
        won = read_free(m, s, t, thing)
        if won:
            take_read(m, s, t, thing)
    elif kind == WRITE_TRY:
        won = write_free(m, s, thing)
        if won:
            take_write(m, s, t, thing)
    elif s[m.semaphores + thing] > 0:
        won = True
        s[m.semaphores + thing] -= 1
    answer(m, x, s, t, pc, 1 if won else 0)


def answer(m, x, s, t, pc, word):
    """Put the answer of a micro-op into its slot a, if anybody wants it."""
    slot = m.code[pc * WIDE + 1]
    if slot >= 0:
        s[base_of(m, s, t) + slot] = word
    if x.logging:
        note_word(x, word)


def act_wait(m, x, s, t, pc, thing):
    """Conditions, events and barriers."""
    kind = m.code[pc * WIDE]
    if kind == WAIT:
        fault = begin_wait(m, x, s, t, thing)
        if fault != 0:
            return fault
        scrub(m, s, base_of(m, s, t), pc + 1)
    elif kind == RETAKE:
        if retake_of(m, s, t) < 0:
            return FAULT_NO_LOCK
        retake_lock(m, x, s, t)
    elif kind == SIGNAL:
        fault = signal_one(m, x, s, t, thing)
        if s[record(m, t)] == URGENT:
            s[record(m, t) + PC] = pc
        return fault
    elif kind == BROADCAST:
        signal_all(m, x, s, thing)
    elif kind == EVENT_SET:
        s[m.events + thing] = 1
    elif kind == EVENT_RESET:
        s[m.events + thing] = 0
    elif kind == BARRIER_WAIT:
        arrive(m, x, s, t, thing)
        if s[record(m, t)] == AT_BARRIER:
            scrub(m, s, base_of(m, s, t), pc + 1)
    return 0


def act_channel(m, x, s, t, pc, channel):
    code, at, base = m.code, pc * WIDE, base_of(m, s, t)
    kind = code[at]
    if kind == CLOSE:
        if is_closed(m, s, channel):
            return FAULT_CLOSE_CLOSED
        s[m.channel_at[channel]] = 1
        return 0
    if kind == SELECT:
        return act_select(m, x, s, t, m.select_at[code[at + 1]] + x.arm * ARM_WIDE)
    if m.width[channel] != code[at + 3 if kind == SEND else at + 4]:
        return FAULT_INDEX
    if kind == SEND:
        return send(m, x, s, channel, base + code[at + 2])
    receive(m, x, s, channel, place_of(base, code[at + 1]), place_of(base, code[at + 2]))
    return 0


def place_of(base, slot):
    """Where a slot is; -1 for none."""
    return base + slot if slot >= 0 else -1


def act_select(m, x, s, t, arm):
    """Take one arm and go on in its body."""
    arms, base = m.arms, base_of(m, s, t)
    s[record(m, t) + PC] = arms[arm + 5]
    if x.logging:
        note_word(x, x.arm)
    if arms[arm] == ARM_AFTER or arms[arm] == ARM_DEFAULT:
        return 0
    channel = value(m, s, base, arms[arm + 1])
    if channel < 0 or channel >= m.object_limit[SEND] or m.width[channel] != arms[arm + 4]:
        return FAULT_INDEX
    if x.logging:
        note_word(x, channel)
    if arms[arm] == ARM_SEND:
        return send(m, x, s, channel, base + arms[arm + 2])
    receive(m, x, s, channel, place_of(base, arms[arm + 2]), place_of(base, arms[arm + 3]))
    return 0


# -- entities ------------------------------------------------------------------------------------


def act_entity(m, x, s, t, pc, handle):
    kind = m.code[pc * WIDE]
    if kind == JOIN or kind == AWAIT:
        return join(m, x, s, t, pc, handle)
    if s[0] >= x.room:
        return FAULT_NO_ROOM
    if kind == GO and not has_runtime(m, s, t, pc):
        return FAULT_INDEX
    create(m, s, t, pc)
    owe(x, s[0] - 1)
    answer(m, x, s, t, pc, s[0])
    return 0


def join(m, x, s, t, pc, handle):
    """Fetch the result of an entity that has ended."""
    if handle == t + 1:
        return FAULT_JOIN_SELF
    if handle < 1 or handle > s[0]:
        return FAULT_NO_THREAD
    words = m.code[pc * WIDE + 3]
    if words > m.code_result[code_of(m, s, handle - 1)]:
        return FAULT_NO_THREAD
    slot, source = m.code[pc * WIDE + 1], record(m, handle - 1) + m.stack
    if slot >= 0:
        copy_words(s, base_of(m, s, t) + slot, source, words)
    if x.logging:
        for i in range(words):
            note_word(x, s[source + i])
    return 0


def has_runtime(m, s, t, pc):
    """Does the runtime a task is meant for exist?"""
    runtime = value(m, s, base_of(m, s, t), m.code[pc * WIDE + 5])
    return 0 <= runtime < m.runtime_count


def create(m, s, t, pc):
    """SPAWN, GO, ASYNC: the record of a new entity, made by t."""
    at, child = pc * WIDE, s[0]
    code = m.code[at + 2]
    s[0] = child + 1
    e = record(m, child)
    whole = not m.recursive or not m.timed  # states are compared by all their words
    for i in range(m.stride if whole else m.stack + m.code_frame[code]):
        s[e + i] = 0
    s[e + PC] = m.code_entry[code]
    s[e + m.at_code] = code
    copy_words(s, e + m.stack, base_of(m, s, t) + m.code[at + 3], m.code[at + 4])
    if m.tasks:
        make_home(m, s, t, child, pc)


def make_home(m, s, t, child, pc):
    """Which runtime and event loop a new entity belongs to."""
    kind, e, maker = m.code[pc * WIDE], record(m, child), record(m, t)
    if kind == ASYNC:
        s[e + m.at_runtime] = s[maker + m.at_runtime]
        s[e + m.at_loop] = s[maker + m.at_loop]
        return
    if kind == GO:
        s[e + m.at_runtime] = value(m, s, base_of(m, s, t), m.code[pc * WIDE + 5]) + 1
    if m.loops:
        s[e + m.at_loop] = s[e + m.at_holder] = child + 1
        s[e + m.at_started] = 1


def finish(m, x, s, t, source, words):
    """t ends; its result is kept at the bottom of its stack."""
    e = record(m, t)
    copy_words(s, e + m.stack, source, words)
    if not m.timed:
        for i in range(words, m.frame[s[e + PC]]):
            s[e + m.stack + i] = 0
    s[e] = FINISHED
    s[e + PC] = s[e + FP] = 0
    if m.at_calls >= 0:
        s[e + m.at_calls] = 0
    if m.tasks and not m.timed:
        free_slot(m, s, t)
    if x.logging:
        note(x, NOTE_FINISH, t, s[e + PC], 0)


# -- sections, output, indivisible blocks --------------------------------------------------------


def act_other(m, x, s, t, pc):
    kind = m.code[pc * WIDE]
    if kind == ATOMIC:
        x.inside += 1
    elif kind == LEAVE:
        count_section(m, s, m.code[pc * WIDE + 1], -1)
    elif kind == PRINT and x.logging:
        show(m, x, s, base_of(m, s, t), m.code[pc * WIDE + 1])
    return 0


def count_section(m, s, section, change):
    place = m.section_at[section]
    if place >= 0:
        s[place] += change


def show(m, x, s, base, template):
    """Note the words a template shows."""
    for i in range(m.template_at[template], m.template_at[template + 1], 2):
        operand, words = m.operands[i], m.operands[i + 1]
        if operand < 0:
            note_word(x, value(m, s, base, operand))
        else:
            for j in range(words):
                note_word(x, s[base + operand + j])
