"""THE table of words: every word the language gives a meaning to, and where.

The grammar spells the reserved and the soft words as terminals (a test says that it agrees); the
layout takes the words of `expect` lines from here; editor grammars, the reference page, completion
and "did you mean" list them from here.
"""

from __future__ import annotations

from enum import StrEnum

from conclang.record import record


class Place(StrEnum):
    """Where a word is a word of the language."""

    EVERYWHERE = "everywhere"  # reserved: never a name
    DECLARATION = "declaration"  # the first word of a declaration
    STATEMENT = "statement"  # the first word of a statement
    EXPRESSION = "expression"
    SETTING = "setting"  # in a `processor` or `runtime`
    SELECT = "select"  # the first word of an arm
    EXPECT = "expect"  # in an `expect` line
    PREDECLARED = "predeclared"  # a name that is always there


@record
class Word:
    """One word: `starts` says what it may begin ("d" a declaration, "s" a statement)."""

    text: str
    place: Place
    sentence: str
    starts: str = ""


def _reserved() -> list[Word]:
    e = Place.EVERYWHERE
    return [
        Word("let", e, "a new local variable", "s"),
        Word("if", e, "do the block if the condition holds", "s"),
        Word("else", e, "what to do otherwise"),
        Word("while", e, "do the block as long as the condition holds", "s"),
        Word("loop", e, "do the block for ever", "s"),
        Word("repeat", e, "do the block a number of times", "s"),
        Word("for", e, "do the block for each of a range, an array or a channel", "s"),
        Word("in", e, "what a `for` or a thread's index goes over"),
        Word("break", e, "leave the innermost loop", "s"),
        Word("continue", e, "go on with the next round of the innermost loop", "s"),
        Word("return", e, "leave the function, with a value if one is given", "s"),
        Word("work", e, "compute for a number of ticks", "s"),
        Word("sleep", e, "be off the core for a number of ticks", "s"),
        Word("io", e, "block for a number of ticks of input or output", "s"),
        Word("yield", e, "give up the core", "s"),
        Word("print", e, "put out a line", "s"),
        Word("assert", e, "a condition that must hold here", "s"),
        Word("spawn", e, "start a function as a thread; gives its handle", "s"),
        Word("go", e, "start a function as a task of a runtime; gives its handle", "s"),
        Word("async", e, "start a function as a task of this thread's event loop", "s"),
        Word("await", e, "park until a task or thread has finished; gives its result", "s"),
        Word("try_acquire", e, "take a lock or semaphore if it is free; gives true or false", "s"),
        Word("and", e, "both hold; the right side is not looked at if the left does not"),
        Word("or", e, "at least one holds; the right side is not looked at if the left does"),
        Word("not", e, "the opposite of a condition"),
        Word("true", e, "the value of a condition that holds"),
        Word("false", e, "the value of a condition that does not hold"),
        Word("on", e, "the device, runtime, processor or object meant"),
        Word("with", e, "attributes or options follow"),
        Word("scheduler", e, "the scheduling policy of a processor or runtime"),
        Word("select", e, "take one of several channel operations that is ready", "s"),
        Word("case", e, "one arm of a `select`"),
        Word("lock", e, "a mutual exclusion lock; in a thread, a block that holds it", "ds"),
        Word("atomic", e, "an atomic cell; in a thread, a block that is one step", "ds"),
        Word("thread", e, "a thread that exists from the start", "d"),
        Word("fn", e, "a function", "d"),
        Word("shared", e, "a variable in memory that threads share", "d"),
        Word("const", e, "a constant, which `-D` can override", "d"),
        Word("expect", e, "what must be true of the scenario", "d"),
    ]


def _soft() -> list[Word]:
    d, s = Place.DECLARATION, Place.STATEMENT
    return [
        Word("scenario", d, "the title of the file", "d"),
        Word("processor", d, "a chip with cores and a scheduling policy", "d"),
        Word("process", d, "an address space with threads of its own", "d"),
        Word("runtime", d, "worker threads that run tasks", "d"),
        Word("rwlock", d, "a lock with a shared reading side and an exclusive writing side", "d"),
        Word("semaphore", d, "a counter that blocks at zero", "d"),
        Word("condition", d, "a condition variable", "d"),
        Word("barrier", d, "a meeting point for a number of threads", "d"),
        Word("event", d, "a flag that threads can wait for", "d"),
        Word("channel", d, "a queue of messages; without a capacity, a direct hand-over", "d"),
        Word("device", d, "something outside the cores that serves I/O requests", "d"),
        Word("read", s, "a block that holds the reading side of a rwlock", "s"),
        Word("write", s, "a block that holds the writing side of a rwlock", "s"),
        Word("acquire", s, "take a lock or semaphore", "s"),
        Word("release", s, "give a lock or semaphore back", "s"),
        Word("wait", s, "wait for a condition, an event or a barrier", "s"),
        Word("signal", s, "wake one waiter of a condition, or set an event", "s"),
        Word("broadcast", s, "wake all waiters of a condition", "s"),
        Word("reset", s, "clear an event", "s"),
        Word("close", s, "close a channel: nothing more will be sent", "s"),
        Word("section", s, "a named region", "s"),
        Word("join", Place.EXPRESSION, "wait until a thread has finished; gives its result", "s"),
        Word("cost", Place.SETTING, "the cost of each class of micro-op"),
        Word("after", Place.SELECT, "taken when nothing else was ready for that many ticks"),
        Word("default", Place.SELECT, "taken when nothing else is ready"),
    ]


def _expectation() -> list[Word]:
    x = Place.EXPECT
    return [
        Word("always", x, "holds in every reachable state"),
        Word("never", x, "holds in no reachable state"),
        Word("reachable", x, "holds in some reachable state"),
        Word("finally", x, "holds at the end of every complete schedule"),
        Word("possible", x, "holds at the end of some complete schedule"),
        Word("eventually", x, "comes true on every fair schedule"),
        Word("outcomes", x, "exactly these values at the ends of complete schedules"),
        Word("timed", x, "holds of the metrics of the timed run"),
        Word("error", x, "some schedule ends in a run-time error with this text"),
        Word("at", x, "`at most 1 in NAME`: never more threads inside the section"),
        Word("most", x, "`at most 1 in NAME`: never more threads inside the section"),
        Word("leads", x, "`A leads to B`: whenever A holds, B comes true later"),
        Word("to", x, "`A leads to B`: whenever A holds, B comes true later"),
        Word("no", x, "the flaw named next is in no schedule"),
        Word("under", x, "the policy of a `timed` expectation"),
        Word("cores", x, "the number of cores of a `timed` expectation, or of a processor"),
        Word("core", x, "the same as `cores`"),
        Word("deadlock", x, "nobody can ever move and a thread is unfinished"),
        Word("race", x, "two threads are about to touch one cell, one of them writing"),
        Word("leak", x, "something can never move again"),
        Word("lost_update", x, "a write based on a read that another write has overtaken"),
        Word("atomicity", x, "a decision based on a read under a lock released in between"),
        Word("starvation", x, "somebody never gets on while others do"),
        Word("livelock", x, "everybody moves and nobody gets anywhere"),
    ]


def _predeclared() -> list[Word]:
    p = Place.PREDECLARED
    return [
        Word("self", p, "the running thread"),
        Word("now", p, "the current tick"),
        Word("min", p, "the smallest of some numbers"),
        Word("max", p, "the largest of some numbers"),
        Word("abs", p, "a number without its sign"),
        Word("len", p, "the length of an array"),
        Word("choose", p, "a free choice: every one in `check`, a random one in `run`"),
    ]


WORDS: tuple[Word, ...] = (*_reserved(), *_soft(), *_expectation(), *_predeclared())

RESERVED = frozenset(w.text for w in WORDS if w.place is Place.EVERYWHERE)
SOFT = tuple(w.text for w in _soft())
MODES = frozenset("always never reachable finally possible eventually".split())
FLAWS = frozenset("deadlock race leak lost_update atomicity starvation livelock".split())
PREDECLARED = tuple(w.text for w in _predeclared())
EXPECTATION_WORDS = tuple(w.text for w in _expectation())

DECLARATION_STARTS = tuple(w.text for w in WORDS if "d" in w.starts)
STATEMENT_STARTS = tuple(w.text for w in WORDS if "s" in w.starts)

# Declarations that are one line `KIND NAME …` for an object to synchronise with.
OBJECT_KINDS = tuple("lock rwlock semaphore condition barrier event channel device".split())
