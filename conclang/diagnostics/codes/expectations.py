"""Area 08: `expect` lines."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

COUNT = "shared count = 0\nthread a { count += 1 }\n"
ATOMIC = "atomic hits = 0\nthread a { hits.add(1) }\n"
WEB = "process web {\n  shared total = 0\n  thread a { section inside { total += 1 } }\n}\n"
TWO = "shared count = 0\nthread a { count += 1 }\nthread b { count += 1 }\n"
INSIDE = "shared count = 0\nthread a { section inside { count += 1 } }\n"
WORK = "thread a { work 3 }\nthread p[i in 0..2] { work 2 }\n"

CODES = [
    Code(
        "CL0801",
        "an expectation about a local variable",
        "An `expect` line looks at the memory that threads share: `shared` and `atomic`\n"
        "variables. A local variable exists only while its thread is inside the block of the\n"
        "`let`, and each thread that runs the block has one of its own, so there is nothing to\n"
        "look at from outside. Let the thread write what matters into a shared variable.",
        wrong="shared count = 0\nthread a { let mine = count + 1; count = mine }\n"
        "expect finally mine == 1\n",
        right="shared count = 0\nthread a { let mine = count + 1; count = mine }\n"
        "expect finally count == 1\n",
    ),
    Code(
        "CL0802",
        "an expectation that does something",
        "An `expect` line looks at the memory while all threads stand still. It cannot call\n"
        "functions, receive, start threads, take locks or make choices: that would change what\n"
        "it looks at. Let a thread do it and keep the result in a shared variable.",
        wrong=ATOMIC + "expect finally hits.add(0) == 1\n",
        right=ATOMIC + "expect finally hits == 1\n",
    ),
    Code(
        "CL0803",
        "an expectation about something that is no memory",
        "Locks, semaphores, channels and threads have no value that could be compared. Keep a\n"
        "shared variable beside them, or use the forms made for the question:\n"
        "`expect no deadlock` (everybody gets to the end), `expect at most 1 in inside` (how\n"
        "many threads are in a `section inside { }`).",
        wrong="shared free = 2\nsemaphore slots(2)\n"
        "thread a { acquire slots; free -= 1 }\nexpect finally slots == 1\n",
        right="shared free = 2\nsemaphore slots(2)\n"
        "thread a { acquire slots; free -= 1 }\nexpect finally free == 1\n",
    ),
    Code(
        "CL0804",
        "an expectation that is neither true nor false",
        "`expect always` and the like take a condition: a comparison, a boolean variable, or\n"
        "such joined with `and`, `or` and `not`. A number is no truth value.",
        wrong=COUNT + "expect finally count\n",
        right=COUNT + "expect finally count == 1\n",
    ),
    Code(
        "CL0805",
        "an outcome of the wrong type",
        "In `expect outcomes E == {v, w}` each value between the braces must be one that E can\n"
        "have: integers for an integer, tuples of the same length for a tuple.",
        wrong="shared x = 0\nshared y = 0\nthread a { x = 1; y = 2 }\n"
        "expect outcomes (x, y) == {1}\n",
        right="shared x = 0\nshared y = 0\nthread a { x = 1; y = 2 }\n"
        "expect outcomes (x, y) == {(1, 2)}\n",
    ),
    Code(
        "CL0806",
        "a section that nobody enters",
        "`expect at most N in NAME` counts the threads inside `section NAME { }`. Some thread\n"
        "must have a section of that name; a section of a process is written `web.inside`.",
        wrong=INSIDE + "expect at most 1 in insdie\n",
        right=INSIDE + "expect at most 1 in inside\n",
    ),
    Code(
        "CL0807",
        "a negative limit",
        "Never fewer than 0 threads are inside a section. `expect at most 0 in NAME` says that\n"
        "nobody ever enters it.",
        wrong=INSIDE + "expect at most -1 in inside\n",
        right=INSIDE + "expect at most 1 in inside\n",
    ),
    Code(
        "CL0808",
        "an object of a process without the process's name",
        "An `expect` line at the top level names what is inside a process with the process in\n"
        "front, because two processes may have variables of the same name. An `expect` line\n"
        "inside the process needs no such name.",
        wrong=WEB + "expect finally total == 1\n",
        right=WEB + "expect finally web.total == 1\n",
    ),
    Code(
        "CL0809",
        "a flaw of the whole scenario at one object",
        "`race`, `lost_update` and `atomicity` happen at a variable, which may be named after\n"
        "`on`. A deadlock, a leak, starvation and a livelock are flaws of whole schedules, in\n"
        "which usually several objects take part.",
        wrong="lock m\nthread a { lock m { work 1 } }\nexpect no deadlock on m\n",
        right="lock m\nthread a { lock m { work 1 } }\nexpect no deadlock\n",
    ),
    Code(
        "CL0810",
        "a flaw at something that cannot have it",
        "Two threads race for a `shared` variable. Accesses of an `atomic` variable are\n"
        "indivisible and never race, nor do operations on locks, channels and other objects,\n"
        "which are made for being used by several threads. An array is named as a whole.",
        wrong="lock m\n" + TWO + "thread c { lock m { work 1 } }\nexpect race on m\n",
        right="lock m\n" + TWO + "thread c { lock m { work 1 } }\nexpect race on count\n",
    ),
    Code(
        "CL0811",
        "a metric outside of `expect timed`",
        "Metrics such as `makespan` and `turnaround` are numbers of the one timed run. The\n"
        "other expectations speak of all schedules, where no time passes.",
        wrong=WORK + "expect finally makespan == 4\n",
        right=WORK + "expect timed makespan == 4\n",
    ),
    Code(
        "CL0812",
        "a metric that does not exist",
        "Of the whole run there are `makespan`, `throughput`, `utilization`, `switches`,\n"
        "`migrations` and `misses`; of a thread `turnaround(t)`, `response(t)`, `waiting(t)`,\n"
        "`finish(t)` and others, and over all threads `average(turnaround)` and so on.",
        wrong=WORK + "expect timed makspan == 4\n",
        right=WORK + "expect timed makespan == 4\n",
    ),
    Code(
        "CL0813",
        "a metric used in the wrong shape",
        "A metric of the whole run stands alone: `makespan`. A metric of a thread takes the\n"
        "thread: `finish(a)`. `average`, `total`, `maximum` and `minimum` take the name of a\n"
        "metric of threads: `average(turnaround)`.",
        wrong=WORK + "expect timed turnaround <= 4\n",
        right=WORK + "expect timed maximum(turnaround) <= 4\n",
    ),
    Code(
        "CL0814",
        "a metric of something that is no thread",
        "The argument of `turnaround` and its kind is a declared thread: `a`, one of a family\n"
        "such as `p[1]`, or one of a process such as `web.a`. Threads that are started with\n"
        "`spawn` have no name in the file; they count in `average(turnaround)`.",
        wrong=WORK + "expect timed finish(p) == 2\n",
        right=WORK + "expect timed finish(p[0]) == 2\n",
    ),
    Code(
        "CL0815",
        "a variable in `expect timed`",
        "`expect timed` is about numbers of the whole run, and a variable has another value at\n"
        "every moment of it. What a variable is at the end is asked with `expect finally`.",
        wrong=COUNT + "expect timed count == 1\n",
        right=COUNT + "expect finally count == 1\n",
    ),
    Code(
        "CL0816",
        "a number where a condition stands, or the other way round",
        "`expect timed` takes a condition on numbers: `makespan <= 30`. Numbers are compared\n"
        "and counted with, conditions are joined with `and`, `or` and `not`.",
        wrong=WORK + "expect timed makespan\n",
        right=WORK + "expect timed makespan <= 30\n",
    ),
    Code(
        "CL0817",
        "an impossible number of cores",
        "`on N cores` runs the scenario once more on N cores. There must be at least one.",
        wrong=WORK + "expect timed makespan == 7 on 0 cores\n",
        right=WORK + "expect timed makespan == 7 on 1 core\n",
    ),
    Code(
        "CW0801",
        "an outcome that stands there twice",
        "The braces of `expect outcomes` are a set: a value counts once, however often it\n"
        "stands there. A second one is most likely a slip for another value.",
        wrong=TWO + "expect outcomes count == {1, 2, 2}\n",
        right=TWO + "expect outcomes count == {1, 2}\n",
    ),
    Code(
        "CW0802",
        "a metric with the name of something declared",
        "In `expect timed` names are metrics. Something else of the same name is not meant\n"
        "there; another name for it makes the line easier to read.",
        wrong="shared switches = 0\nthread a { switches += 1 }\nexpect finally switches == 1\n"
        "expect timed switches == 0\n",
        right="shared toggles = 0\nthread a { toggles += 1 }\nexpect finally toggles == 1\n"
        "expect timed switches == 0\n",
    ),
    Code(
        "CW0803",
        "an error text that no message contains",
        "`expect error` wants a part of the message of a run-time error, such as\n"
        "`division by zero`. No message contains this text, so the line cannot hold.",
        wrong='shared x = 0\nthread a { x = 1 / x }\nexpect error "divison by zero"\n',
        right='shared x = 0\nthread a { x = 1 / x }\nexpect error "division by zero"\n',
    ),
    Code(
        "CW0804",
        "an empty error text",
        "Every message contains the empty text, so this line expects any error at all. Write\n"
        "the part of the message that you mean.",
        wrong='shared x = 0\nthread a { x = 1 / x }\nexpect error ""\n',
        right='shared x = 0\nthread a { x = 1 / x }\nexpect error "zero"\n',
    ),
    Code(
        "CW0805",
        "expectations that contradict each other",
        "Two lines say the opposite of each other, for example that there is a race and that\n"
        "there is none. Whatever the scenario does, one of them fails.",
        wrong=TWO + "expect race on count\nexpect no race\n",
        right=TWO + "expect race on count\n",
    ),
]
