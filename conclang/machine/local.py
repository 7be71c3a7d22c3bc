# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
# cython: cdivision=True, infer_types=True
"""Local micro-ops: what a thread does with its own frame, without anybody noticing.

`compute` executes one that only moves values; calls, returns and choices have functions of their
own. Registers of the running code are in the Context: `base` (slot 0 of the running frame),
`bottom` (of the lowest frame), `calls` (open calls).

A loop without a visible micro-op is found in two ways. Where no way out exists at all, `tables`
knows it beforehand. Elsewhere `goes_round` compares the frames at backward jumps with a snapshot
taken at ever longer distances (R. P. Brent, 1980): the same frames at the same place will come
again for ever. What neither sees ends at the budget, as a limit.
"""

from __future__ import annotations

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

if not cython.compiled:
    from conclang.machine.arith import (
        add_overflows,
        floor_div,
        floor_mod,
        is_least,
        mul_overflows,
        sub_overflows,
    )
    from conclang.machine.opcodes import *
    from conclang.machine.state import fresh, note, note_word, value


def compute(m, x, s, t, at):
    """Execute the value micro-op at code word `at`; returns the fault."""
    code, base = m.code, x.base
    kind, target = code[at], base + code[at + 1]
    if kind == MOVE:
        s[target] = value(m, s, base, code[at + 2])
    elif kind <= MOD:
        if kind == COPY:
            copy_words(s, target, base + code[at + 2], code[at + 3])
            return 0
        return arithmetic(
            m, s, target, kind, value(m, s, base, code[at + 2]), value(m, s, base, code[at + 3])
        )
    elif kind <= NOT:
        return negate(s, target, kind, value(m, s, base, code[at + 2]))
    elif kind <= MAX:
        compare(s, target, kind, value(m, s, base, code[at + 2]), value(m, s, base, code[at + 3]))
    elif kind == ABS:
        number = value(m, s, base, code[at + 2])
        if number >= 0:
            s[target] = number
        else:
            return negate(s, target, NEG, number)
    elif kind <= PUT:
        return element(m, x, s, base, at)
    elif kind == SELF:
        s[target] = t + 1
    elif kind == PEEK:
        return peek(m, x, s, target, value(m, s, base, code[at + 2]))
    elif kind == CHECK_AMOUNT:
        x.values[0] = value(m, s, base, code[at + 1])
        x.value_count = 1
        return FAULT_NEGATIVE if x.values[0] < 0 else 0
    return 0


def arithmetic(m, s, target, kind, left, right):
    if kind == ADD:
        if add_overflows(left, right):
            return FAULT_OVERFLOW
        s[target] = left + right
    elif kind == SUB:
        if sub_overflows(left, right):
            return FAULT_OVERFLOW
        s[target] = left - right
    elif kind == MUL:
        if mul_overflows(left, right):
            return FAULT_OVERFLOW
        s[target] = left * right
    elif right == 0:
        return FAULT_DIVISION
    elif kind == DIV:
        if right == -1 and is_least(left):
            return FAULT_OVERFLOW
        s[target] = floor_div(left, right)
    else:
        s[target] = floor_mod(left, right)
    return 0


def negate(s, target, kind, number):
    if kind == NOT:
        s[target] = 1 if number == 0 else 0
    elif is_least(number):
        return FAULT_OVERFLOW
    else:
        s[target] = -number
    return 0


def compare(s, target, kind, left, right):
    if kind == EQ:
        s[target] = 1 if left == right else 0
    elif kind == NE:
        s[target] = 1 if left != right else 0
    elif kind == LT:
        s[target] = 1 if left < right else 0
    elif kind == LE:
        s[target] = 1 if left <= right else 0
    elif kind == MIN:
        s[target] = left if left < right else right
    else:
        s[target] = left if left > right else right


def copy_words(s, target, source, count):
    """Copy a run of slots; the runs may overlap."""
    if target <= source:
        for i in range(count):
            s[target + i] = s[source + i]
    else:
        for i in range(count):
            s[target + count - 1 - i] = s[source + count - 1 - i]


def element(m, x, s, base, at):
    """INDEX, GET and PUT: the index is input, so it is checked."""
    code = m.code
    index = value(m, s, base, code[at + 3])
    if index < 0 or index >= code[at + 4]:
        x.values[0] = index
        x.values[1] = code[at + 4]
        x.value_count = 2
        return FAULT_INDEX
    words = code[at + 5]
    if code[at] == INDEX:
        s[base + code[at + 1]] = code[at + 2] + index
    elif code[at] == GET:
        copy_words(s, base + code[at + 1], base + code[at + 2] + index * words, words)
    else:
        copy_words(s, base + code[at + 2] + index * words, base + code[at + 1], words)
    return 0


def peek(m, x, s, target, cell):
    if cell < 0 or cell >= m.object_limit[READ]:
        return FAULT_INDEX
    s[target] = s[m.cells + cell]
    return 0


# -- choices -------------------------------------------------------------------------------------


def choose(m, x, s, t, pc):
    """CHOOSE and CHOOSE_RANGE: one branch per option."""
    code, at = m.code, pc * WIDE
    target = x.base + code[at + 1]
    if code[at] == CHOOSE:
        digit = digit_of(x, code[at + 3])
        low = 0
    else:
        low = value(m, s, x.base, code[at + 2])
        high = value(m, s, x.base, code[at + 3])
        if low >= high or sub_overflows(high, low):
            x.values[0], x.values[1], x.value_count = low, high, 2
            return FAULT_EMPTY_CHOICE
        digit = digit_of(x, high - low)
    if digit < 0:
        return too_many(x)
    chosen = s[x.base + code[at + 2] + digit] if code[at] == CHOOSE else low + digit
    s[target] = chosen
    if x.logging:
        note(x, NOTE_CHOOSE, t, pc, digit)
        note_word(x, chosen)
    return 0


def too_many(x):
    x.values[0] = MAX_DIGITS
    x.value_count = 1
    return FAULT_MANY_CHOICES


def digit_of(x, options):
    """The next choice among so many: given, drawn by lot, or the first; -1: too many."""
    if x.cursor >= MAX_DIGITS:
        return -1
    if x.cursor == x.known:
        x.digits[x.known] = draw(x, options) if x.seeded else 0
        x.known += 1
    digit = x.digits[x.cursor]
    x.radix[x.cursor] = options
    x.cursor += 1
    return digit if digit < options else options - 1


def draw(x, options):
    """A number below `options`, by Lehmer's generator (Park and Miller's modulus, factor 48271)."""
    if x.random < 1 or x.random >= 2147483647:
        x.random = 1 + floor_mod(x.random, 2147483646)
    x.random = x.random * 48271 % 2147483647
    high = x.random
    x.random = x.random * 48271 % 2147483647
    return (high * 2147483647 + x.random) % options


def look_at_clock(m, x, s, t, pc):
    """NOW: the clock of the timed run, or any landmark not before the last one seen."""
    if m.timed:
        s[x.base + m.code[pc * WIDE + 1]] = x.now
        return 0
    index = s[m.now] if m.now >= 0 else 0
    if index + 1 < m.landmark_count:
        digit = digit_of(x, m.landmark_count - index)
        if digit < 0:
            return too_many(x)
        index += digit
        s[m.now] = index
    x.saw_now = True
    s[x.base + m.code[pc * WIDE + 1]] = m.landmarks[index] if m.landmark_count > 0 else 0
    if x.logging:
        note(x, NOTE_NOW, t, pc, index)
    return 0


# -- calls ---------------------------------------------------------------------------------------


def scrub(m, s, base, pc):
    """Put 0 into the slots that are dead while a frame pauses at pc."""
    at = m.dead_at[pc]
    if at >= 0:
        for i in range(at + 1, at + 1 + m.dead[at]):
            s[base + m.dead[i]] = 0


def call(m, x, s, pc):
    """Open a frame above the running one; returns the fault."""
    if m.recursive:
        if x.calls >= m.max_calls:
            x.values[0], x.value_count = m.max_calls, 1
            return FAULT_CALL_DEPTH
        x.calls += 1
    at = pc * WIDE
    callee = m.code[at + 1]
    base = x.base + m.frame[pc] + 1
    s[base - 1] = pc + 1
    for i in range(m.code_frame[callee]):
        s[base + i] = 0
    copy_words(s, base, x.base + m.code[at + 2], m.code[at + 3])
    scrub(m, s, x.base, pc)
    x.base = base
    return 0


def leave_frame(m, x, s, pc):
    """Close the running frame, its result goes to the caller; returns the pc to go on at."""
    at, base = pc * WIDE, x.base
    back = s[base - 1]
    caller = base - 1 - m.frame[back]
    target = m.code[(back - 1) * WIDE + 4]
    if target >= 0:
        copy_words(s, caller + target, base + m.code[at + 1], m.code[at + 2])
    s[base - 1] = 0
    if not m.timed:
        for i in range(m.frame[pc]):
            s[base + i] = 0
    x.base = caller
    x.calls -= 1
    return back


# -- endless loops -------------------------------------------------------------------------------


def goes_round(m, x, s, pc, jumps):
    """At the jump number `jumps` of this walk, back to pc: was everything like this before?"""
    size = x.base + m.frame[pc] - x.bottom
    if x.snapshot[0] == pc and x.snapshot[1] == size and same_frames(x, s, size):
        if not m.timed and x.saw_now and m.now >= 0 and s[m.now] + 1 < m.landmark_count:
            s[m.now] += 1  # it waits for the clock, and time does go on
            x.snapshot[0] = -1
            return False
        return True
    if jumps & (jumps - 1) == 0:
        keep_frames(x, s, pc, size)
    return False


def same_frames(x, s, size):
    for i in range(size):
        if x.snapshot[2 + i] != s[x.bottom + i]:
            return False
    return True


def keep_frames(x, s, pc, size):
    if size + 2 > x.snapshot_room:
        x.snapshot = fresh(x.snapshot, x.snapshot_room, size + 2)
        x.snapshot_room = size + 2
    x.snapshot[0] = pc
    x.snapshot[1] = size
    for i in range(size):
        x.snapshot[2 + i] = s[x.bottom + i]
