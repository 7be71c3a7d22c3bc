"""Area 05: operations on the wrong kind of object."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES: list[Code] = [
    Code(
        "CL0501",
        "`acquire` of what is no lock",
        "`acquire` takes a lock or a permit of a semaphore. For the end of the wait of other\n"
        "objects there are other words: `wait` for conditions, events and barriers, `<-ch` for\n"
        "messages, `join` for threads.",
        wrong="event go_on\nthread a { acquire go_on }\nthread b { signal go_on }\n",
        right="event go_on\nthread a { wait go_on }\nthread b { signal go_on }\n",
    ),
    Code(
        "CL0502",
        "`release` of what is no lock",
        "`release` gives back a lock, or a permit to a semaphore. A channel holds nothing to give\n"
        "back, and who waits for a condition or an event is woken with `signal`.",
        wrong="channel ch(1)\nthread a { ch <- 1; release ch }\n",
        right="channel ch(1)\nthread a { ch <- 1; close ch }\n",
    ),
    Code(
        "CL0503",
        "`try_acquire` of what is no lock",
        "`try_acquire` takes a lock or a permit if that is possible at once, and says whether it\n"
        "was. A channel is tried with `select { case … default … }`.",
        wrong="event e\nthread a { if try_acquire e { reset e } }\n",
        right="lock e\nthread a { if try_acquire e { release e } }\n",
    ),
    Code(
        "CL0504",
        "`wait` on what cannot be waited for so",
        "`wait` is for conditions, events and barriers. A lock is taken with `lock m { … }`, a\n"
        "permit with `acquire`, a message with `<-ch`, the end of a thread awaited with `join`.",
        wrong="lock m\nthread a { wait m; release m }\n",
        right="lock m\nthread a { acquire m; release m }\n",
    ),
    Code(
        "CL0505",
        "`signal` to what cannot be signalled",
        "`signal` wakes a thread that waits for a condition, and sets an event. A barrier opens\n"
        "by itself, and a permit is given with `release`.",
        wrong="barrier meet(2)\nthread a { wait meet }\nthread b { signal meet }\n",
        right="barrier meet(2)\nthread a { wait meet }\nthread b { wait meet }\n",
    ),
    Code(
        "CL0506",
        "`broadcast` to what is no condition",
        "`broadcast` wakes everybody who waits for a condition. `signal` of an event does so as\n"
        "well: an event stays set, and everybody passes, until it is `reset`.",
        wrong="event done\nthread a { wait done }\nthread b { broadcast done }\n",
        right="event done\nthread a { wait done }\nthread b { signal done }\n",
    ),
    Code(
        "CL0507",
        "`reset` of what is no event",
        "`reset` clears an event that `signal` has set. Variables are assigned to, and a barrier\n"
        "is ready again by itself.",
        wrong="shared count = 0\nthread a { reset count }\n",
        right="shared count = 0\nthread a { count = 0 }\n",
    ),
    Code(
        "CL0508",
        "`close` of what is no channel",
        "Closing tells the receivers of a channel that nothing more comes. Other objects need no\n"
        "closing.",
        wrong="lock m\nthread a { acquire m; close m }\n",
        right="lock m\nthread a { acquire m; release m }\n",
    ),
    Code(
        "CL0509",
        "sending to what is no channel",
        "`ch <- e` sends a message. To change a variable write `=`. For a comparison with a\n"
        "negative number leave a space: `a < -1`.",
        wrong="shared x = 0\nthread a { x <- 1 }\n",
        right="shared x = 0\nthread a { x = 1 }\n",
    ),
    Code(
        "CL0510",
        "receiving from what is no channel",
        "`<-ch` takes a message out of a channel, or waits for one. A variable is read by its\n"
        "name alone.",
        wrong="shared x = 0\nthread a { let y = <-x; assert y == 0 }\n",
        right="shared x = 0\nthread a { let y = x; assert y == 0 }\n",
    ),
    Code(
        "CL0511",
        "`lock` of what is no lock",
        "`lock m { … }` holds the lock `m` while the block runs. A variable cannot be locked\n"
        "itself: declare a lock beside it, and take it wherever the variable is used.",
        wrong="shared x = 0\nthread a {\n  lock x { x += 1 }\n}\n",
        right="shared x = 0\nlock m\nthread a {\n  lock m { x += 1 }\n}\n",
    ),
    Code(
        "CL0512",
        "`read` or `write` of what is no rwlock",
        "`read t { … }` and `write t { … }` take a side of a readers-writer lock. A plain lock\n"
        "has no sides, and a variable is just named.",
        wrong="shared x = 0\nlock m\nthread a {\n  write m { x = 1 }\n}\n",
        right="shared x = 0\nrwlock m\nthread a {\n  write m { x = 1 }\n}\n",
    ),
    Code(
        "CL0513",
        "`io` on what is no device",
        "`io 10 on disk` asks a device for 10 ticks of service. Computing on a processor is\n"
        "`work 10`.",
        wrong="processor cpu { cores 1 }\nthread a { io 5 on cpu }\n",
        right="device disk\nthread a { io 5 on disk }\n",
    ),
    Code(
        "CL0514",
        "`go` on what is no runtime",
        "`go f() on pool` starts a task on a runtime, whose workers are threads. The workers are\n"
        "placed on processors by the operating system's scheduler.",
        wrong="processor cpu { cores 1 }\nfn f() { work 1 }\nthread a { go f() on cpu }\n",
        right="runtime pool { workers 1 }\nfn f() { work 1 }\nthread a { go f() on pool }\n",
    ),
    Code(
        "CL0515",
        "an operation that variables do not have",
        "Atomic variables have `.add(n)`, `.swap(n)` and `.cas(old, new)`, each one indivisible\n"
        "step. Plain use is an atomic load, `=` an atomic store. Shared variables have none.",
        wrong="shared hits = 0\nthread a { hits.add(1) }\n",
        right="atomic hits = 0\nthread a { hits.add(1) }\n",
    ),
    Code(
        "CL0518",
        "an object where a value is wanted",
        "Locks, semaphores, conditions and their kin are not values: they cannot be kept in\n"
        "variables, passed to functions, or compared. To let a function choose between several,\n"
        "declare an array of them and pass the index. Channels and handles are values.",
        wrong='lock m\nfn locked(k) { print "{k}" }\nthread a { locked(m) }\n',
        right="lock m[2]\nfn locked(k) {\n  lock m[k] { work 1 }\n}\nthread a { locked(1) }\n",
    ),
    Code(
        "CL0519",
        "an array where one of its elements is wanted",
        "Operations work on one object at a time: say which one with an index.",
        wrong="lock forks[2]\nthread a { acquire forks }\n",
        right="lock forks[2]\nthread a { acquire forks[0] }\n",
    ),
    Code(
        "CL0520",
        "an index for a single object",
        "Only what was declared with a size, as in `lock forks[5]`, has elements.",
        wrong="lock m\nthread a { acquire m[0] }\n",
        right="lock m\nthread a { acquire m }\n",
    ),
    Code(
        "CL0521",
        "a readers-writer lock without its side",
        "A rwlock can be taken by many readers or by one writer. `acquire read t` and\n"
        "`acquire write t` say which, and so do `release` and `try_acquire`.",
        wrong="rwlock t\nthread a { acquire t; release read t }\n",
        right="rwlock t\nthread a { acquire read t; release read t }\n",
    ),
    Code(
        "CL0522",
        "a side of what has none",
        "Only a `rwlock` has a read side and a write side.",
        wrong="lock m\nthread a { acquire read m; release m }\n",
        right="lock m\nthread a { acquire m; release m }\n",
    ),
    Code(
        "CL0523",
        "starting what is no function",
        "`spawn`, `go` and `async` start a function. A thread declared with `thread` starts by\n"
        "itself, at its arrival.",
        wrong="thread a { work 1 }\nthread b { spawn a() }\n",
        right="fn a() { work 1 }\nthread b { spawn a() }\n",
    ),
    Code(
        "CL0526",
        "a dot after what has no parts",
        "A dot follows a process, in `expect` lines (`web.total`), and an atomic variable\n"
        "(`hits.add(1)`). Objects are used with words: `acquire m`, `close ch`.",
        wrong="lock m\nthread a { if m.held { work 1 } }\n",
        right="lock m\nthread a { if try_acquire m { work 1 } }\n",
    ),
    Code(
        "CL0527",
        "a `select` with none or too many of its arms",
        "A `select` has at least one arm, and at most one `default` and one `after`. One without\n"
        "arms would wait for ever.",
        wrong="channel ch\nthread a { ch <- 1 }\nthread b {\n  select {\n    case <-ch { work 1 }\n"
        "    default { work 1 }\n    default { work 2 }\n  }\n}\n",
        right="channel ch\nthread a { ch <- 1 }\nthread b {\n  select {\n    case <-ch { work 1 }\n"
        "    default { work 1 }\n  }\n}\n",
    ),
    Code(
        "CW0502",
        "waiting inside an indivisible block",
        "`atomic { }` is one step: nobody else can move until it is over. So nothing that it\n"
        "waits for can happen, and if it has to wait that is a run-time error.",
        wrong="lock m\nshared x = 0\nthread a {\n  atomic {\n    acquire m\n    x += 1\n  }\n"
        "  release m\n}\n",
        right="lock m\nshared x = 0\nthread a {\n  acquire m\n  atomic { x += 1 }\n"
        "  release m\n}\n",
    ),
    Code(
        "CW0503",
        "two steps on an atomic variable",
        "On an atomic variable `+=` is a load and then a store. Each is indivisible, the pair is\n"
        "not: another thread may come between them, and its change is lost. `.add(n)` is one step.",
        wrong="atomic hits = 0\nthread a { hits += 1 }\nthread b { hits.add(1) }\n",
        right="atomic hits = 0\nthread a { hits.add(1) }\nthread b { hits.add(1) }\n",
    ),
    Code(
        "CW0504",
        "waiting for a condition without a lock",
        "`wait c` gives up the innermost lock that the thread holds and retakes it afterwards.\n"
        "Without a lock it is a run-time error, and this scenario never takes one.",
        wrong="condition ready\nthread a { wait ready }\nthread b { signal ready }\n",
        right="condition ready\nlock m\nthread a {\n  lock m { wait ready }\n}\n"
        "thread b { signal ready }\n",
    ),
    Code(
        "CW0505",
        "a `try_acquire` that nobody looks at",
        "`try_acquire` says whether it got the lock. Who does not look does not know whether the\n"
        "lock is held.",
        wrong="lock m\nthread a { try_acquire m }\n",
        right="lock m\nthread a {\n  if try_acquire m { release m }\n}\n",
    ),
]
