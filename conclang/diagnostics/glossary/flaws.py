"""Words for what goes wrong."""

from __future__ import annotations

from conclang.diagnostics.glossary.term import Term

TITLE = "What goes wrong"

TERMS = [
    Term(
        "deadlock",
        "Nobody can ever move again although somebody is not finished. Typically a circle: each\n"
        "holds what the next one waits for. Taking locks in one order everywhere prevents it.",
        remember="Everybody holds what the next one waits for.",
        example="""\
lock a
lock b

thread alice { lock a { lock b { work 1 } } }
thread bob { lock b { lock a { work 1 } } }

expect deadlock
""",
        see=("lock", "leak", "livelock"),
        also=("deadly embrace",),
    ),
    Term(
        "data race",
        "Two threads are about to touch the same shared variable, at least one of them to write,\n"
        "and nothing orders them.",
        remember="Two touch it, one writes, nothing decides who comes first.",
        example="""\
shared ready = false

thread alice { ready = true }
thread bob { let _seen = ready }

expect race on ready
""",
        see=("lost update", "happens-before"),
        also=("race", "race condition"),
    ),
    Term(
        "lost update",
        "A write based on a read that another thread's write has overtaken: the other's update\n"
        "disappears.",
        remember="`count += 1` is a read and a write, and somebody else's update may lie between.",
        example="""\
shared count = 0

thread alice { count += 1 }
thread bob { count += 1 }

expect possible count == 1
expect lost_update
expect race on count
""",
        see=("micro-op", "atomic", "data race"),
    ),
    Term(
        "atomicity violation",
        "A decision made under a lock is acted on after the lock was given back in between, and\n"
        "meanwhile somebody changed what it was based on. There need not be a data race.",
        remember="Every access was locked; the decision was not.",
        example="""\
shared balance = 100
lock m

fn withdraw() {
  let enough = false
  lock m { enough = balance >= 100 }
  if enough {
    lock m { balance -= 100 }
  }
}

thread alice { withdraw() }
thread bob { withdraw() }

expect no race
expect atomicity
expect outcomes balance == {0, -100}
""",
        see=("data race", "critical section"),
        also=("atomicity", "check then act", "toctou"),
    ),
    Term(
        "leak",
        "A spawned thread or a task waits for ever for somebody who is gone, or a thread can\n"
        "never move again while others still can.",
        remember="Somebody still waits for one who is gone.",
        example="""\
channel answer

fn ask() { answer <- 42 }

thread boss { go ask() }

expect leak
""",
        see=("deadlock", "daemon"),
        also=("goroutine leak",),
    ),
    Term(
        "livelock",
        "Threads go on moving and never get anywhere, like two people giving way to each other\n"
        "for ever.",
        remember="All move and nobody gets anywhere.",
        example="""\
atomic a_wants = false
atomic b_wants = false

thread a {
  a_wants = true
  while b_wants {
    a_wants = false
    a_wants = true
  }
}

thread b {
  b_wants = true
  while a_wants {
    b_wants = false
    b_wants = true
  }
}

expect livelock
""",
        see=("deadlock", "starvation"),
    ),
    Term(
        "starvation",
        "One thread waits for ever while others are served again and again.",
        remember="The others always come first.",
        example="""\
semaphore s(1)

thread worker[i in 0..3] {
  loop {
    acquire s
    release s
  }
}

expect starvation
""",
        see=("fairness", "livelock"),
    ),
    Term(
        "fairness",
        "What is promised to those who wait. Weak: whoever can always move will move at some\n"
        "time. Strong: whoever can move again and again will move at some time.",
        see=("starvation",),
        also=("weak fairness", "strong fairness"),
    ),
    Term(
        "lost wake-up",
        "A signal that nobody heard because the one it was meant for was not waiting yet.",
        remember="A signal is not remembered.",
        example="""\
lock m
condition ready

thread sleeper { lock m { wait ready } }
thread waker { lock m { signal ready } }

expect deadlock
""",
        see=("condition", "flag"),
        also=("lost wakeup", "missed signal"),
    ),
    Term(
        "spurious wake-up",
        "A waiter goes on although nobody signalled; real systems allow it. Declare a condition\n"
        "`with spurious` to be ready for it.",
        see=("condition",),
        also=("spurious wakeup",),
    ),
    Term(
        "priority inversion",
        "An important thread waits for a lock that an unimportant one holds, and one in between\n"
        "keeps the holder off the core. `lock m with inherit` lends the holder the priority of\n"
        "the waiter.",
        remember="The urgent one waits for the lazy one, because of the busy one.",
        example="""\
processor cpu {
  cores 1
  scheduler priority
  cost { sync 0 }
}

lock m with inherit

thread low with priority 1 {
  work 1
  lock m { work 4 }
  work 1
}

thread high with priority 3, arrival 2 {
  lock m { work 2 }
}

thread mid with priority 2, arrival 3 { work 10 }

expect timed turnaround(high) == 5
expect timed turnaround(mid) == 14
""",
        see=("lock", "preemption"),
        also=("priority inheritance", "inherit", "ceiling"),
    ),
    Term(
        "convoy",
        "Short jobs queue up behind a long one, for a core or for a lock, and wait for it all\n"
        "together.",
        remember="The short wait behind the long.",
        example="""\
processor cpu {
  cores 1
  scheduler fifo
}

thread truck { work 100 }
thread car { work 10 }
thread bike { work 10 }

expect timed average(turnaround) == 110
expect timed average(turnaround) == 50 under sjf
""",
        see=("policy", "throughput"),
    ),
]
