"""Area 03: what names refer to."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

COUNT = "shared count = 0\n"

CODES: list[Code] = [
    Code(
        "CL0301",
        "a name that nothing has",
        "Every name is declared: shared variables, locks and channels at top level or in a\n"
        "process, local variables with `let` before they are used. A local variable is known from\n"
        "its `let` to the end of its block, and only in its own thread.",
        wrong=COUNT + "thread a { cout += 1 }\n",
        right=COUNT + "thread a { count += 1 }\n",
    ),
    Code(
        "CL0302",
        "a name declared twice",
        "In one place a name means one thing, whatever kinds of thing they are. Two processes may\n"
        "use the same name, and so may two blocks, each for its own.",
        wrong="shared m = 0\nlock m\nthread a { lock m { } }\n",
        right="shared x = 0\nlock m\nthread a { lock m { x = 1 } }\n",
    ),
    Code(
        "CL0303",
        "memory of another process",
        "Each process has an address space of its own: its shared variables, locks, conditions,\n"
        "barriers and events can be used by its own threads only. What is declared at top level\n"
        "belongs to the process `main`. Channels and semaphores declared at top level are the\n"
        "exception: they are there to work across processes. Functions may be called from\n"
        "everywhere as long as they touch no memory of `main`.",
        wrong="shared total = 0\nprocess web {\n  thread t { total += 1 }\n}\n",
        right="channel totals(1)\nprocess web {\n  thread t { totals <- 1 }\n}\n"
        'thread sum { let n = <-totals; print "{n}" }\n',
    ),
    Code(
        "CL0304",
        "a name that the process does not declare",
        "`web.total` names the `total` that process `web` declares. Only what stands between the\n"
        "braces of the process can be named so, and only in `expect` lines.",
        wrong="process web {\n  shared total = 0\n  thread t { total = 1 }\n}\n"
        "expect finally web.totl == 1\n",
        right="process web {\n  shared total = 0\n  thread t { total = 1 }\n}\n"
        "expect finally web.total == 1\n",
    ),
    Code(
        "CL0308",
        "a process inside a process",
        "Processes stand side by side at top level. One that starts another is written as two,\n"
        "with a channel or a semaphore between them.",
        wrong="process web {\n  process worker {\n    thread t { work 1 }\n  }\n}\n",
        right="process web {\n  thread t { work 1 }\n}\n"
        "process worker {\n  thread t { work 1 }\n}\n",
    ),
    Code(
        "CL0309",
        "`break` or `continue` outside of a loop",
        "`break` leaves the innermost `loop`, `while`, `for` or `repeat` around it, `continue`\n"
        "starts its next round. Both may stand in a `lock` block inside the loop: the lock is\n"
        "released on the way out.",
        wrong=COUNT + "thread a {\n  if count == 0 { break }\n}\n",
        right=COUNT + "thread a {\n  loop {\n    if count == 0 { break }\n  }\n}\n",
    ),
    Code(
        "CL0310",
        "`return` outside of a function",
        "`return` ends a call of a `fn`. A thread ends where its block ends; to end it early put\n"
        "its body into a function, or the rest into an `if`.",
        wrong=COUNT + "thread a {\n  if count == 1 { return }\n  count = 1\n}\n",
        right=COUNT + "fn once() {\n  if count == 1 { return }\n  count = 1\n}\n"
        "thread a { once() }\n",
    ),
    Code(
        "CL0312",
        "a process called `main`",
        "`main` is the process that everything at top level belongs to; it needs no declaration.",
        wrong="process main {\n  thread t { work 1 }\n}\n",
        right="thread t { work 1 }\n",
    ),
    Code(
        "CW0301",
        "a name that is never used",
        "Nothing reads this variable, or no thread and no `expect` line mentions this object.\n"
        "Often another name was meant somewhere, or a lock was declared and then forgotten where\n"
        "it is needed. If it is meant to be unused, a name that starts with `_` says so.",
        wrong="channel ch(1)\nthread a { ch <- 1 }\nthread b { let v = <-ch }\n",
        right="channel ch(1)\nthread a { ch <- 1 }\nthread b { let _v = <-ch }\n",
    ),
    Code(
        "CW0303",
        "a local variable that hides another one",
        "`let` always makes a new variable. The outer one of the same name, often a shared one,\n"
        "stays as it is, which is seldom what was meant.",
        wrong=COUNT + 'thread a {\n  let count = 1\n  print "{count}"\n}\n'
        "expect finally count == 0\n",
        right=COUNT + 'thread a {\n  count = 1\n  print "{count}"\n}\nexpect finally count == 1\n',
    ),
    Code(
        "CW0304",
        "an assignment to the variable of a `for`",
        "A `for` gives its variable the next value in each round, whatever was assigned to it.\n"
        "To skip rounds use `continue` or count yourself with `while`.",
        wrong=COUNT + "thread a {\n  for i in 0..4 {\n    count = i\n    i = 9\n  }\n}\n",
        right=COUNT + "thread a {\n  for i in 0..4 {\n    count = i\n  }\n}\n",
    ),
    Code(
        "CW0305",
        "a name that hides a built-in one",
        "`self now min max abs len choose` are predeclared. A declaration of your own with such a\n"
        "name wins, and the built-in one cannot be reached any more.",
        wrong="shared max = 0\nthread a { max = 5 }\n",
        right="shared highest = 0\nthread a { highest = 5 }\n",
    ),
    Code(
        "CW0306",
        "statements that are never reached",
        "What stands before leaves the block in every case (`return`, `break`, `continue`, a\n"
        "`loop` without a `break`), so control never comes here.",
        wrong=COUNT + "thread a {\n  loop { count += 1 }\n  count = 0\n}\n",
        right=COUNT + "thread a {\n  count = 0\n  loop { count += 1 }\n}\n",
    ),
]
