"""Words for hardware and for what runs on it."""

from __future__ import annotations

from conclang.diagnostics.glossary.term import Term

TITLE = "Machine, threads, tasks"

TERMS = [
    Term(
        "machine",
        "All processors of a scenario together with their schedulers.",
        see=("processor",),
    ),
    Term(
        "processor",
        "A physical chip with some cores, one queue of ready threads and one policy.",
        example="""\
processor cpu {
  cores 1
  scheduler round_robin(quantum: 2)
}

thread alice { work 4 }
thread bob { work 4 }

expect timed makespan == 8
""",
        see=("core", "policy"),
        also=("cpu", "chip"),
    ),
    Term(
        "core",
        "What executes micro-ops: one thread at a time. Threads on several cores run truly in\n"
        "parallel; threads on one core take turns.",
        example="""\
processor cpu { cores 2 }

thread alice { work 4 }
thread bob { work 4 }

expect timed makespan == 4
expect timed makespan == 8 on 1 core
""",
        see=("parallelism", "context switch"),
    ),
    Term(
        "process",
        "An address space. Threads of one process share its variables; processes share no memory\n"
        "and talk through channels.",
        example="""\
channel numbers

process left {
  thread sender { numbers <- 42 }
}

process right {
  shared got = 0
  thread receiver { got = <-numbers }
}

expect finally right.got == 42
""",
        see=("thread", "channel"),
        also=("address space",),
    ),
    Term(
        "thread",
        "A sequence of statements that the operating system's scheduler puts on a core. It may\n"
        "be interrupted between any two micro-ops.",
        see=("task", "core", "process"),
        also=("os thread",),
    ),
    Term(
        "task",
        "A light thread that a runtime or an event loop puts on one of its own threads: what\n"
        "`go` and `async` start. A task that has to wait is parked and its thread goes on with\n"
        "another one.",
        example="""\
shared total = 0
lock m
runtime pool { workers 1 }

fn add(n) { lock m { total += n } }

thread boss {
  let a = go add(1) on pool
  let b = go add(2) on pool
  await a
  await b
}

expect finally total == 3
""",
        see=("runtime", "event loop"),
        also=("goroutine", "coroutine", "green thread", "fiber", "go"),
    ),
    Term(
        "runtime",
        "Distributes many tasks over a few threads (M:N). The operating system in turn puts those\n"
        "threads on cores.",
        see=("task", "worker"),
        also=("pool", "executor", "m:n"),
    ),
    Term(
        "worker",
        "One of the threads on which a runtime runs its tasks.",
        see=("runtime",),
    ),
    Term(
        "event loop",
        "A single thread that runs tasks by turns; it switches only where a task awaits. Between\n"
        "two awaits nobody else on the same loop can interfere.",
        example="""\
shared count = 0

fn add() { count += 1 }

thread main_loop {
  let a = async add()
  let b = async add()
  await a
  await b
}

expect finally count == 2
expect no race
""",
        see=("task", "await"),
        also=("async", "asynchronous"),
    ),
    Term(
        "await",
        "Waiting for the result of a task. It parks the task, not the thread, so that other tasks\n"
        "can run meanwhile; what was read before it may be stale after it.",
        see=("event loop", "atomicity violation"),
    ),
    Term(
        "daemon",
        "A thread that serves others and may be left waiting at the end.",
        example="""\
channel jobs(1)

thread server with daemon {
  loop { let job = <-jobs }
}

thread client { jobs <- 1 }

expect no deadlock
expect no leak
""",
        see=("leak",),
    ),
    Term(
        "device",
        "Something off the cores that serves requests in order, such as a disk. A thread that\n"
        "waits for one uses no core.",
        see=("throughput",),
        also=("io", "i/o", "disk"),
    ),
    Term(
        "tick",
        "The unit of time of a run. In one tick each core executes one micro-op, or one unit of\n"
        "`work`.",
        see=("run",),
        also=("time",),
    ),
]
