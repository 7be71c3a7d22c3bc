"""Words for who runs when, and how well that goes."""

from __future__ import annotations

from conclang.diagnostics.glossary.term import Term

TITLE = "Scheduling"

TERMS = [
    Term(
        "policy",
        "The rule by which a scheduler picks the next thread: `fifo`, `round_robin(quantum: 2)`,\n"
        "`priority`, `cfs`, `edf` … Compare some with `conclang compare`.",
        remember="Who runs next is a rule, and no rule is best at everything.",
        example="""\
processor cpu {
  cores 1
  scheduler fifo
}

thread long { work 9 }
thread short { work 1 }

expect timed turnaround(short) == 10
expect timed turnaround(short) == 1 under sjf
expect timed turnaround(short) == 2 under round_robin(quantum: 1)
""",
        see=("quantum", "preemption"),
        also=("scheduler", "scheduling policy"),
    ),
    Term(
        "quantum",
        "How long a thread may keep the core while others are ready.",
        example="""\
processor cpu {
  cores 1
  scheduler round_robin(quantum: 1)
}

thread job[i in 0..3] { work 5 }

expect timed average(turnaround) == 14
expect timed average(response) == 1
""",
        see=("preemption", "context switch"),
        also=("time slice", "slice"),
    ),
    Term(
        "preemption",
        "Taking the core away from a thread that could go on. Without it (`cooperative`) threads\n"
        "switch only where they yield or wait.",
        remember="You give the core up, or it is taken from you.",
        example="""\
processor cpu {
  cores 1
  scheduler cooperative
}

thread polite {
  work 2
  yield
  work 2
}
thread hog { work 6 }

expect timed finish(polite) == 10
expect timed finish(polite) == 6 under round_robin(quantum: 2)
""",
        see=("policy", "quantum"),
        also=("preemptive", "cooperative"),
    ),
    Term(
        "context switch",
        "A core takes up another thread than its last one. It costs `switch_cost` ticks.",
        remember="A switch does no work and takes time.",
        example="""\
processor cpu {
  cores 1
  scheduler round_robin(quantum: 2)
  switch_cost 1
}

thread alice { work 4 }
thread bob { work 4 }

expect timed switches == 3
expect timed makespan == 11
""",
        see=("quantum", "migration"),
        also=("switch",),
    ),
    Term(
        "migration",
        "A thread resumes on another core than its last one. It costs `migration_cost` ticks.",
        see=("core",),
    ),
    Term(
        "concurrency",
        "Several things are under way at the same time. They may take turns on one core; it is\n"
        "about structure, not about speed.",
        remember="Dealing with many things at once.",
        example="""\
processor cpu {
  cores 1
  scheduler round_robin(quantum: 1)
}

thread read_mail { work 3 }
thread make_tea { work 3 }

expect timed makespan == 6
expect timed response(make_tea) == 1
""",
        see=("parallelism",),
        also=("concurrent",),
    ),
    Term(
        "parallelism",
        "Several things happen at the very same time, on several cores.",
        remember="Doing many things at once.",
        example="""\
processor cpu {
  cores 2
  scheduler round_robin(quantum: 1)
}

thread read_mail { work 3 }
thread make_tea { work 3 }

expect timed makespan == 3
""",
        see=("concurrency", "core"),
        also=("parallel",),
    ),
    Term(
        "turnaround",
        "From a thread's arrival to its finish.",
        see=("response", "waiting"),
        also=("turnaround time",),
    ),
    Term(
        "response",
        "From a thread's arrival to the first time it runs.",
        remember="Latency is how long one waits; throughput is how much all get done.",
        example="""\
processor cpu {
  cores 1
  scheduler round_robin(quantum: 1)
  switch_cost 1
}

thread job[i in 0..3] { work 3 }

expect timed average(response) == 2
expect timed average(response) == 4 under fifo
expect timed makespan == 17
expect timed makespan == 11 under fifo
""",
        see=("turnaround",),
        also=("response time", "latency"),
    ),
    Term(
        "waiting",
        "The time a thread was ready to run but had no core.",
        see=("turnaround",),
        also=("waiting time",),
    ),
    Term(
        "makespan",
        "The tick at which everything is finished.",
        see=("throughput", "utilization"),
    ),
    Term(
        "throughput",
        "Threads finished per tick.",
        remember="How much gets done per tick, whoever waits for it.",
        example="""\
processor cpu {
  cores 2
  scheduler fifo
}

thread job[i in 0..4] { work 5 }

expect timed throughput == 0.4
expect timed throughput == 0.2 on 1 core
""",
        see=("response", "makespan"),
    ),
    Term(
        "utilization",
        "The part of the time in which the cores did something useful, from 0 to 1.",
        see=("makespan",),
        also=("utilisation",),
    ),
    Term(
        "deadline",
        "The time by which a job should be finished, counted from its release. A job that misses\n"
        "it runs on and is counted in `misses`.",
        see=("period",),
        also=("misses",),
    ),
    Term(
        "period",
        "A thread with `period 50` is released anew every 50 ticks.",
        see=("deadline",),
    ),
    Term(
        "time slicing",
        "One core serves many threads by turns, a quantum each, so quickly that all seem to run\n"
        "at once.",
        remember="Many threads, one core, short turns.",
        example="""\
processor cpu {
  cores 1
  scheduler round_robin(quantum: 2)
}

thread alice { work 6 }
thread bob { work 4 }

expect timed makespan == 10
expect timed switches == 4
""",
        see=("quantum", "context switch", "concurrency"),
    ),
]
