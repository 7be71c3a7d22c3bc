"""Words for what conclang itself works with."""

from __future__ import annotations

from conclang.diagnostics.glossary.term import Term

TITLE = "The tool"

TERMS = [
    Term(
        "scenario",
        "The text that describes a concurrent system: hardware, scheduler, threads, what they\n"
        "share, and what is expected of it. One file, ending in `.cl`.",
        see=("program", "expectation"),
    ),
    Term(
        "program",
        "What a scenario is turned into before it can be run: a list of micro-ops for every\n"
        "thread. `conclang ops FILE` prints it.",
        see=("micro-op",),
    ),
    Term(
        "micro-op",
        "The smallest thing that happens at once: one read or write of a shared variable, one\n"
        "operation on a lock or channel. A thread can be interrupted between any two of them,\n"
        "and nowhere else. `count += 1` is two: a read, then a write.",
        example="""\
// Two threads add one each, and one of them may get lost between read and write.
shared count = 0

thread alice { count += 1 }
thread bob { count += 1 }

expect outcomes count == {1, 2}
expect race on count
""",
        see=("step", "lost update", "atomic"),
        also=("micro op", "microop", "instruction"),
    ),
    Term(
        "run",
        "One execution on the timed machine, under the declared policy. The same file, options\n"
        "and seed always give the same run.",
        see=("check", "tick", "policy"),
    ),
    Term(
        "check",
        "Looking at all schedules that a scenario allows. Tests show that a mistake can happen;\n"
        "a check shows that it cannot.",
        see=("schedule", "verdict", "witness"),
    ),
    Term(
        "step",
        "One micro-op of one thread, taken as one move of a schedule.",
        see=("micro-op", "schedule"),
    ),
    Term(
        "choice",
        "A place where more than one thing can happen next: which thread moves, which arm of a\n"
        "`select`, which value of `choose`. All chance in conclang is choices.",
        example="""\
shared picked = 0

thread alice { picked = choose(1, 2, 3) }

expect outcomes picked == {1, 2, 3}
""",
        see=("schedule",),
        also=("choose", "nondeterminism"),
    ),
    Term(
        "schedule",
        "The list of choices that tells an execution apart from all others. Every finding prints\n"
        "one, and `conclang replay FILE SCHEDULE` repeats it exactly. A complete schedule ends\n"
        "when nobody can move any more.",
        example="""\
// Which of the two writes comes last decides; there are two schedules.
atomic winner = 0

thread alice { winner = 1 }
thread bob { winner = 2 }

expect outcomes winner == {1, 2}
""",
        see=("choice", "witness"),
        also=("interleaving",),
    ),
    Term(
        "event",
        "A record of something that happened in an execution: when, on which core, in which\n"
        "thread, what, and because of which line. The object declared with `event`, which\n"
        "threads wait for, is called a flag.",
        see=("trace", "flag"),
    ),
    Term(
        "trace",
        "All events of one execution, in order. Every picture and every number is made from it.",
        see=("event",),
    ),
    Term(
        "expectation",
        "A line starting with `expect`: what must hold, under every schedule or in the timed run.\n"
        "A flaw that is there on purpose is expected too: `expect deadlock`.",
        example="""\
shared count = 0
lock m

thread alice { lock m { count += 1 } }
thread bob { lock m { count += 1 } }

expect finally count == 2
expect no race
expect no deadlock
""",
        see=("verdict", "finding"),
        also=("expect", "property"),
    ),
    Term(
        "finding",
        "Something the tool found wrong: a deadlock, a race, a failed expectation … with its\n"
        "cause in words and a schedule that shows it.",
        see=("witness", "verdict"),
    ),
    Term(
        "verdict",
        "The answer to an expectation: `holds`, `violated`, or `unknown` if a limit was reached\n"
        "before the answer was certain. Unknown is never shown as success.",
        see=("expectation", "limit"),
    ),
    Term(
        "witness",
        "The schedule that proves a finding, the shortest there is. For something that goes on\n"
        "for ever it is a stem and a loop.",
        see=("schedule", "finding"),
        also=("counterexample",),
    ),
    Term(
        "limit",
        "How many states, how much time or memory an answer may cost. Reaching one gives the\n"
        "verdict `unknown` and exit code 3.",
        see=("verdict",),
    ),
    Term(
        "state",
        "Everything that matters for what can happen next: where each thread is, the values of\n"
        "all variables, who holds what, who waits.",
        see=("step",),
    ),
    Term(
        "reduction",
        "A way to leave schedules out of a check without changing its answers. `check` uses all\n"
        "that a program allows and names them in its statistics; `--without NAME` switches one\n"
        "off, `--no-reduction` all. What `--count` counts is never reduced.",
        see=("check", "symmetry", "persistent set", "left-mover"),
        also=("partial order reduction",),
    ),
    Term(
        "symmetry",
        "If threads are alike, states that differ only by who is where need one look: equal\n"
        "threads, threads that use their index alike, threads started without a name.",
        see=("reduction",),
    ),
    Term(
        "persistent set",
        "The steps of a few threads that nobody else can get in the way of, now or later: all\n"
        "other steps may wait, so only these are looked at.",
        see=("reduction",),
        also=("ample set", "stubborn set"),
    ),
    Term(
        "left-mover",
        "A step that could as well have come earlier, like giving back a lock. It is taken\n"
        "together with the step of its thread before it.",
        see=("reduction",),
        also=("mover",),
    ),
]
