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
        remember="A processor is a chip; its cores do the work.",
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
        remember="A core runs one thread at a time.",
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
        remember="Processes share nothing; threads of one process share everything.",
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
        remember="Threads of one process share its memory; each is at a place of its own.",
        example="""\
shared visits = 0
lock door

thread guest[i in 0..2] {
  work 2
  lock door { visits += 1 }
}

expect finally visits == 2
expect timed makespan == 9
""",
        see=("task", "core", "process"),
        also=("os thread",),
    ),
    Term(
        "task",
        "A light thread that a runtime or an event loop puts on one of its own threads: what\n"
        "`go` and `async` start. A task that has to wait is parked and its thread goes on with\n"
        "another one.",
        remember="Many tasks, few threads: whoever waits steps aside.",
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
        remember="The system places threads on cores; the runtime places tasks on threads.",
        example="""\
processor cpu { cores 4 }
runtime pool { workers 2 }

fn job() { work 4 }

thread starter {
  repeat 4 { go job() on pool }
}

expect timed makespan == 10
""",
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
        remember="One thread, many tasks, and a switch only where one awaits.",
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
        remember="At an await everything may have changed when you come back.",
        example="""\
shared balance = 100

fn ask_bank() { sleep 1 }

fn withdraw() {
  if balance >= 100 {
    await async ask_bank()
    balance -= 100
  }
}

thread app {
  let one = async withdraw()
  let two = async withdraw()
  await one
  await two
}

expect possible balance == -100
""",
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
        remember="Who waits for a disk needs no core.",
        example="""\
processor cpu { cores 1 }
device disk

thread reader { io 10 on disk }
thread thinker { work 10 }

expect timed makespan == 10
""",
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
    Term(
        "multithreading",
        "Several threads in one process. They share its memory: passing something on costs\n"
        "nothing, and nothing keeps one from spoiling what another is at.",
        remember="Cheap to share, easy to spoil.",
        example="""\
process shop {
  shared stock = 10
  lock m
  thread clerk[i in 0..2] {
    lock m { stock -= 1 }
  }
  expect finally stock == 8
}
""",
        see=("multiprocessing", "thread", "data race"),
        also=("multi-threading", "multi threading"),
    ),
    Term(
        "multiprocessing",
        "Several processes, each with memory of its own. Nothing can be spoilt from outside; what\n"
        "others need must be sent to them.",
        remember="Nothing to spoil, everything to send.",
        example="""\
channel orders(2)

process shop {
  thread clerk {
    orders <- 1
    orders <- 2
  }
}

process store {
  shared packed = 0
  thread packer {
    repeat 2 { packed += <-orders }
  }
}

expect finally store.packed == 3
expect no race
""",
        see=("multithreading", "process", "channel"),
        also=("multi-processing", "multi processing"),
    ),
    Term(
        "synchronous call",
        "Asking and standing there until the answer comes.",
        remember="Ask, wait, go on.",
        example="""\
processor cpu { cores 2 }
device net

fn fetch() { io 6 on net }

thread client {
  fetch()
  work 4
}

expect timed makespan == 10
""",
        see=("asynchronous call",),
        also=("synchronous", "sync", "blocking call"),
    ),
    Term(
        "asynchronous call",
        "Asking, going on with something else, and being told when the answer is there: by a\n"
        "flag, a message, or the handle that one awaits.",
        remember="Ask, go on, be told.",
        example="""\
processor cpu { cores 2 }
device net
event answered

fn fetch() {
  io 6 on net
  signal answered
}

thread client {
  spawn fetch()
  work 4
  wait answered
}

expect timed makespan == 8
""",
        see=("synchronous call", "event loop", "flag"),
        also=("notification", "callback"),
    ),
]
