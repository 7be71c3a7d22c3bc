"""Words for what threads share and how they agree."""

from __future__ import annotations

from conclang.diagnostics.glossary.term import Term

TITLE = "Sharing and agreeing"

TERMS = [
    Term(
        "shared variable",
        "Memory that all threads of a process can read and write. Every read and every write is a\n"
        "micro-op of its own, so others may come in between.",
        remember="Reading and writing are two steps; between them others may come.",
        example="""\
shared x = 0

thread writer { x = 1 }
thread reader { let _seen = x }

expect race on x
""",
        see=("data race", "atomic", "lock"),
        also=("shared", "shared memory"),
    ),
    Term(
        "atomic",
        "A cell whose operations are indivisible. `hits.add(1)` cannot lose an update;\n"
        "`hits += 1` still can, because it is a load and then a store. The block `atomic { … }`\n"
        "makes several statements one step.",
        remember="One operation is one step. Two operations are two.",
        example="""\
atomic hits = 0

thread alice { hits.add(1) }
thread bob { hits.add(1) }

expect finally hits == 2
expect no race
""",
        see=("lost update", "compare and swap"),
    ),
    Term(
        "compare and swap",
        "`cell.cas(old, new)` writes `new` if the cell still holds `old`, in one step, and says\n"
        "whether it did. Retrying until it does updates a cell without a lock.",
        remember="Look, compute, and write only if nobody was quicker.",
        example="""\
atomic count = 0

fn add() {
  loop {
    let seen = count
    if count.cas(seen, seen + 1) { break }
  }
}

thread alice { add() }
thread bob { add() }

expect finally count == 2
""",
        see=("atomic",),
        also=("cas",),
    ),
    Term(
        "lock",
        "Lets one thread at a time into the sections that it protects. `lock m { … }` gives it\n"
        "back however the block is left.",
        remember="One at a time, and released by itself at the end of the block.",
        example="""\
shared count = 0
lock m

thread alice { lock m { count += 1 } }
thread bob { lock m { count += 1 } }

expect finally count == 2
expect no race
""",
        see=("critical section", "deadlock"),
        also=("mutex", "mutual exclusion"),
    ),
    Term(
        "critical section",
        "A part of a program in which at most one thread may be. Name it with `section` and\n"
        "state it with `expect at most 1 in NAME`.",
        remember="What must not be done by two at once needs a name and a guard.",
        example="""\
lock m

thread user[i in 0..2] {
  lock m {
    section vault { work 1 }
  }
}

expect at most 1 in vault
""",
        see=("lock",),
        also=("section",),
    ),
    Term(
        "rwlock",
        "A lock with two sides: many readers together, or one writer alone.",
        example="""\
rwlock table
shared x = 0

thread reader[i in 0..2] { read table { let _seen = x } }
thread writer { write table { x = 1 } }

expect no race
expect no deadlock
""",
        see=("lock", "starvation"),
        also=("readers writer lock", "read write lock"),
    ),
    Term(
        "semaphore",
        "A counter that cannot go below zero: `acquire` takes one and waits if there is none,\n"
        "`release` gives one back. Anybody may release, so it can also carry a signal.",
        remember="A counter that makes you wait at zero.",
        example="""\
semaphore arrived(0)
shared order = 0

thread first {
  order = 1
  release arrived
}

thread second {
  acquire arrived
  order = 2
}

expect finally order == 2
expect no race
""",
        see=("lock", "rendezvous"),
    ),
    Term(
        "rendezvous",
        "A meeting: neither of two threads goes on before the other has arrived.",
        see=("semaphore", "barrier", "channel"),
    ),
    Term(
        "condition",
        "A place to wait, under a lock, until somebody signals that something has changed. The\n"
        "signal is not remembered, and what it announced may be over when the waiter has the\n"
        "lock again: wait in a `while`, not in an `if`.",
        remember="Wait in a while, not in an if.",
        example="""\
shared items = 0
lock m
condition ready

thread producer {
  lock m {
    items += 1
    signal ready
  }
}

thread consumer {
  lock m {
    while items == 0 { wait ready }
    items -= 1
  }
}

expect finally items == 0
expect no deadlock
""",
        see=("lost wake-up", "spurious wake-up"),
        also=("condition variable", "monitor", "condvar"),
    ),
    Term(
        "barrier",
        "Holds threads back until a given number has arrived, then lets all of them go on.",
        remember="Nobody goes on until all are there.",
        example="""\
barrier meet(2)
shared a = 0
shared b = 0

thread left {
  a = 1
  wait meet
  assert b == 1
}

thread right {
  b = 1
  wait meet
  assert a == 1
}

expect no race
""",
        see=("rendezvous",),
    ),
    Term(
        "flag",
        "The object declared with `event`: once signalled it lets everybody pass until it is\n"
        "reset. Unlike a condition it remembers.",
        example="""\
event started
shared config = 0

thread main_thread {
  config = 7
  signal started
}

thread helper {
  wait started
  assert config == 7
}

expect no race
expect no deadlock
""",
        see=("condition",),
        also=("manual reset event", "event object"),
    ),
    Term(
        "channel",
        "A queue of values between threads. An unbuffered one is a meeting: the sender waits for\n"
        "its receiver. A closed one gives what is left, then ends `for v in ch`.",
        remember="Do not share memory to talk; talk to share.",
        example="""\
channel jobs(2)
shared total = 0

thread producer {
  for i in 1..4 { jobs <- i }
  close jobs
}

thread consumer {
  for job in jobs { total += job }
}

expect finally total == 6
expect no race
""",
        see=("process", "rendezvous"),
    ),
    Term(
        "select",
        "Waits for several channels at once and takes any arm that is ready.",
        see=("channel", "choice"),
    ),
    Term(
        "happens-before",
        "The order that a program enforces: within a thread, and from one thread to another\n"
        "through locks, channels and the like. Two accesses without this order may come either\n"
        "way round.",
        see=("data race",),
        also=("happens before", "vector clock"),
    ),
]
