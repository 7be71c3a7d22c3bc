"""Area 09: errors while the program runs, found by `run` or `check`.

One code for each row of the machine's table of faults (`conclang.ir.errors`) that is a mistake of
the scenario; `BY_FAULT` says which.
"""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

BY_FAULT = {
    "NOT_HELD": "CL0901",
    "SEND_CLOSED": "CL0902",
    "CLOSE_CLOSED": "CL0903",
    "INDEX": "CL0904",
    "DIVISION": "CL0905",
    "OVERFLOW": "CL0906",
    "JOIN_SELF": "CL0907",
    "NO_LOCK": "CL0908",
    "BLOCKING": "CL0909",
    "CALL_DEPTH": "CL0910",
    "NEGATIVE": "CL0911",
    "EMPTY_CHOICE": "CL0912",
    "NO_THREAD": "CL0913",
    "ENDLESS": "CL0914",
    "ASSERTION": "CL0915",
}

TWO_LOCKS = "lock m\nshared x = 0\n"

CODES = [
    Code(
        "CL0901",
        "release of a lock not held",
        "Only the thread that has taken a lock may give it back: otherwise two threads could be\n"
        "inside at once, each sure to be alone. The scoped form `lock m { }` cannot go wrong in\n"
        "this way. A semaphore may be released by anybody: it only counts.",
        wrong=TWO_LOCKS + "thread a { acquire m; x = 1; release m }\nthread b { release m }\n",
        right=TWO_LOCKS + "thread a { acquire m; x = 1; release m }\n"
        "thread b { acquire m; x = 2; release m }\n",
    ),
    Code(
        "CL0902",
        "send on a closed channel",
        "`close ch` promises that nothing more will come. A send after it breaks the promise,\n"
        "and the receivers may be gone already. Let the one who sends last do the closing;\n"
        "where several threads send, close only after all of them have finished.",
        wrong="channel ch(2)\nthread a { ch <- 1 }\nthread b { close ch }\n",
        right="channel ch(2)\nthread a { ch <- 1; close ch }\n"
        "thread b { for v in ch { work v } }\n",
    ),
    Code(
        "CL0903",
        "close of a closed channel",
        "A channel is closed once, by one thread: the one that knows that nothing more will be\n"
        "sent. If several threads come into question, let them report to one of them, for\n"
        "example with a semaphore.",
        wrong="channel ch(1)\nthread a { close ch }\nthread b { close ch }\n",
        right="channel ch(1)\nsemaphore ready(0)\nthread a { acquire ready; close ch }\n"
        "thread b { release ready }\n",
    ),
    Code(
        "CL0904",
        "index out of range",
        "An array of n elements has the indices 0 to n - 1. Here the index was known only while\n"
        "the program ran; the report shows the schedule that leads to it, and often another\n"
        "thread's write between a check and the use is the reason.",
        wrong="shared a[3] = 0\nshared next = 2\nthread t { next += 1; a[next] = 1 }\n",
        right="shared a[3] = 0\nshared next = 2\n"
        "thread t { next = (next + 1) % len(a); a[next] = 1 }\n",
    ),
    Code(
        "CL0905",
        "division by zero",
        "Neither `/` nor `%` has a result when the right side is 0. Look at the value first,\n"
        "and keep others from changing it between the look and the use.",
        wrong="shared parts = 1\nshared each = 0\nthread a { parts -= 1; each = 12 / parts }\n",
        right="shared parts = 1\nshared each = 0\n"
        "thread a { parts -= 1; if parts != 0 { each = 12 / parts } }\n",
    ),
    Code(
        "CL0906",
        "overflow",
        "Integers have 64 bits, from -9223372036854775808 to 9223372036854775807. A result\n"
        "beyond that is an error and never wraps round, because a wrong number found late is\n"
        "worse than a stop found early.",
        wrong="shared x = 4611686018427387904\nthread a { x = x * 2 }\n",
        right="shared x = 4611686018427387904\nthread a { x = x / 2 }\n",
    ),
    Code(
        "CL0907",
        "join of self",
        "`join` waits until a thread has finished. A thread that waits for itself would wait\n"
        "for ever, so this is an error at once. `self` is for telling others who is running.",
        wrong="channel who(1)\nthread a { who <- self; let h = <-who; join h }\n",
        right="channel who(1)\nthread a { who <- self }\nthread b { let h = <-who; join h }\n",
    ),
    Code(
        "CL0908",
        "wait without the lock",
        "Waiting on a condition gives up the lock that is held and takes it again afterwards.\n"
        "The lock protects what the thread waits for: without it another thread could change\n"
        "that and signal between the look and the wait, and the signal would be lost.",
        wrong="lock m\ncondition ready\nshared done = false\n"
        "thread a { while not done { wait ready } }\n"
        "thread b { lock m { done = true; signal ready } }\nexpect race on done\n",
        right="lock m\ncondition ready\nshared done = false\n"
        "thread a { lock m { while not done { wait ready } } }\n"
        "thread b { lock m { done = true; signal ready } }\n",
    ),
    Code(
        "CL0909",
        "blocking inside atomic",
        "A block `atomic { }` is one step, during which nobody else moves. If something in it\n"
        "has to wait, nobody could ever end the wait. Take locks and receive messages before\n"
        "the block.",
        wrong="channel ch\nshared x = 0\nthread a { atomic { x = <-ch } }\nthread b { ch <- 1 }\n",
        right="channel ch\nshared x = 0\nthread a { let v = <-ch; atomic { x = v } }\n"
        "thread b { ch <- 1 }\n",
    ),
    Code(
        "CL0910",
        "call depth",
        "At most 200 calls may be open inside each other. A function that calls itself needs a\n"
        "case in which it does not, and each call must come nearer to it.",
        wrong="shared x = 0\nfn down(n) { return down(n - 1) }\nthread a { x = down(3) }\n",
        right="shared x = 0\nfn down(n) {\n  if n == 0 { return 0 }\n  return down(n - 1)\n}\n"
        "thread a { x = down(3) }\n",
    ),
    Code(
        "CL0911",
        "a negative amount of time",
        "`work`, `sleep` and `io` take a number of ticks, 0 or more.",
        wrong="shared left = 3\nthread a { left -= 5; work left }\n",
        right="shared left = 3\nthread a { left -= 5; work max(left, 0) }\n",
    ),
    Code(
        "CL0912",
        "choose from an empty range",
        "`choose(0..n)` picks one of 0 to n - 1. With n = 0 there is nothing to pick.",
        wrong="shared n = 0\nthread a { n = choose(0..n) }\n",
        right="shared n = 0\nthread a { n = choose(0..n + 1) }\n",
    ),
    Code(
        "CL0913",
        "join of a handle that was never set",
        "A receive from a channel that is closed and empty gives a value that means nothing;\n"
        "for handles that is the handle of no thread. Ask for the second value, which is\n"
        "`false` then.",
        wrong="channel started(1)\nthread a { started <- self; close started }\n"
        "thread b { let one = <-started; let two = <-started; join one; join two }\n",
        right="channel started(1)\nthread a { started <- self; close started }\n"
        "thread b { for one in started { join one } }\n",
    ),
    Code(
        "CL0914",
        "a loop that runs on without any time passing",
        "In a timed run a read, a write and an operation on a lock take a tick, but\n"
        "thread-local work takes none. A loop of nothing else would keep the clock from ever\n"
        "moving. Let it `work`, `sleep` or wait for something.",
        wrong="thread a { while true { yield } }\nexpect timed makespan == 3\n",
        right="thread a { repeat 3 { work 1; yield } }\nexpect timed makespan == 3\n",
    ),
    Code(
        "CL0915",
        "assertion failed",
        "`assert e` says what the author takes for granted at this place. Here it is false in\n"
        "some schedule. The report shows the shortest one; look for the step of another thread\n"
        "that comes between.",
        wrong="shared x = 0\nthread a { x = 1; assert x == 1 }\nthread b { x = 2 }\n"
        "expect race on x\n",
        right="shared x = 0\nlock m\nthread a { lock m { x = 1; assert x == 1 } }\n"
        "thread b { lock m { x = 2 } }\n",
    ),
]
