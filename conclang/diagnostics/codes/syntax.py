"""Area 02: what does not read as a sentence of the language.

Slips that come from another language have rows of their own in `slips`.
"""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

COUNT = "shared count = 0\n"

CODES = [
    Code(
        "CL0201",
        "a word that does not fit here",
        "Reading stopped at a word that cannot stand at this place. The message says what could;\n"
        "often the real mistake is a word or sign forgotten just before it.",
        wrong=COUNT + "thread a { count = }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0202",
        "a block that is never closed",
        "Every `{` needs a `}`. The report shows the block that is still open where the file ends\n"
        "or where a line starts with a word that only stands outside of threads. Indentation is\n"
        "used to find the block that was meant; it means nothing else.",
        wrong=COUNT + "thread a {\n  count = 1\nthread b { count = 2 }\n",
        right=COUNT + "thread a {\n  count = 1\n}\nthread b { count = 2 }\n",
    ),
    Code(
        "CL0203",
        "a bracket that is never closed",
        "Every `(` needs a `)` and every `[` a `]`. Inside brackets a newline does not end a\n"
        "statement, so a forgotten one is noticed only further on.",
        wrong=COUNT + "thread a { count = (1 + 2 }\n",
        right=COUNT + "thread a { count = (1 + 2) }\n",
    ),
    Code(
        "CL0204",
        "a `}`, `)` or `]` too many",
        "This `}` stands where no block is open. Perhaps a `{` is missing further up, or a block\n"
        "was closed twice. The same goes for `)` and `]`.",
        wrong=COUNT + "thread a { count = 1 } }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0205",
        "a chain that is too long",
        "Chains of operators, indexes, calls or `else if` may have 200 links. No scenario that a\n"
        "person reads needs more; give parts of it names.",
        wrong="const n = 1" + " + 1" * 201 + "\nthread a { work n }\n",
        right="const n = 1 + 201\nthread a { work n }\n",
    ),
    Code(
        "CL0207",
        "a misspelt word of the language",
        "This word is none of the language, but nearly one. The words are written in small\n"
        "letters.",
        wrong=COUNT + "threed a { count = 1 }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0208",
        "a word of the language used as a name",
        "Some words always mean the same and cannot be names; `docs/language.md` lists them. All\n"
        "others, such as `read`, `wait` or `cores`, may be used as names.",
        wrong="shared work = 0\nthread a { work = 1 }\n",
        right="shared amount = 0\nthread a { amount = 1 }\n",
    ),
    Code(
        "CL0209",
        "two statements on one line",
        "A statement ends at the end of its line, at a `;` or at the `}` of its block.",
        wrong=COUNT + "thread a { count = 1 count = 2 }\n",
        right=COUNT + "thread a { count = 1; count = 2 }\n",
    ),
    Code(
        "CL0240",
        "a start without a call",
        "`spawn`, `go` and `async` start a call of a function: its name and its arguments in\n"
        "parentheses.",
        wrong=COUNT + "fn f() { count = 1 }\nthread a { spawn f }\n",
        right=COUNT + "fn f() { count = 1 }\nthread a { spawn f() }\n",
    ),
    Code(
        "CL0241",
        "a title in the wrong place",
        '`scenario "…"` gives the file its title. It stands once, before everything else.',
        wrong=COUNT + 'scenario "One thread"\nthread a { count = 1 }\n',
        right='scenario "One thread"\n' + COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0242",
        "a variable without a first value",
        "Every variable has a value from the start, from which its type follows.",
        wrong="shared count\nthread a { count = 1 }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0243",
        "an array of threads without an index",
        "`thread p[i in 0..5]` declares the threads `p[0]` to `p[4]`; each of them knows its\n"
        "number\n"
        "as `i`. A size alone leaves that name out.",
        wrong=COUNT + "thread p[5] { count = 1 }\n",
        right=COUNT + "thread p[i in 0..5] { count = i }\n",
    ),
    Code(
        "CL0244",
        "a malformed array of threads",
        "Several threads are declared with a name for their number and a range that leaves out\n"
        "its\n"
        "end: `thread p[i in 0..5]`. Threads take no arguments.",
        wrong=COUNT + "thread p[i in 5] { count = i }\n",
        right=COUNT + "thread p[i in 0..5] { count = i }\n",
    ),
    Code(
        "CL0245",
        "malformed attributes of a thread",
        "Attributes follow the name of a thread after `with`, separated by commas, each with its\n"
        "value right behind it: `thread a with priority 3, arrival 10 { … }`.",
        wrong=COUNT + "thread a priority 3 { count = 1 }\n",
        right=COUNT + "thread a with priority 3 { count = 1 }\n",
    ),
    Code(
        "CL0246",
        "a sign too many in a setting",
        "Settings of a processor or runtime are a name and a value: `cores 2`. Arguments of a\n"
        "policy are a name, `:` and a value: `round_robin(quantum: 2)`.",
        wrong="processor cpu { cores = 2 }\nthread a { work 1 }\n",
        right="processor cpu { cores 2 }\nthread a { work 1 }\n",
    ),
    Code(
        "CL0247",
        "a declaration inside a thread or function",
        "Threads, functions, shared variables, locks and `expect` lines are declared outside of\n"
        "threads and functions, at the top level or in a `process`. Inside, `let` makes a local\n"
        "variable and `spawn` starts a thread.",
        wrong="thread a { shared x = 0; x = 1 }\n",
        right="shared x = 0\nthread a { x = 1 }\n",
    ),
    Code(
        "CL0248",
        "a statement outside of any thread",
        "The top level of a file declares things. What is done stands in a thread or function.",
        wrong=COUNT + "count += 1\nthread a { count = 1 }\n",
        right=COUNT + "thread a { count += 1 }\n",
    ),
    Code(
        "CL0249",
        "a statement that does nothing",
        "An expression alone is a statement only if it does something: a call, a receive, `join`,\n"
        "`await`, `spawn`. A comparison or sum whose value nobody looks at is a slip.",
        wrong=COUNT + "thread a { count == 1 }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0250",
        "an assignment to something that is no variable",
        "Left of `=` stands a variable or an element of an array. Tuples are taken apart with\n"
        "`let (a, b) = …`.",
        wrong=COUNT + "thread a { 1 = count }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0251",
        "a malformed expectation",
        "An `expect` line says when something holds: `always`, `never`, `reachable`, `finally`,\n"
        "`possible` or `eventually`, or which `outcomes` or flaws there are.",
        wrong=COUNT + "thread a { count = 1 }\nexpect count == 1\n",
        right=COUNT + "thread a { count = 1 }\nexpect finally count == 1\n",
    ),
    Code(
        "CL0252",
        "several things where one is wanted",
        "One statement assigns one variable and one declaration makes one thing. Values that\n"
        "belong\n"
        "together are written as a tuple, in parentheses.",
        wrong="lock m, n\nthread a { lock m { lock n { } } }\n",
        right="lock m\nlock n\nthread a { lock m { lock n { } } }\n",
    ),
    Code(
        "CL0253",
        "an arm of `select` without braces",
        "Each arm of a `select` is followed by a block: `case v = <-ch { … }`.",
        wrong="channel c\nshared x = 0\nthread a { select {\n"
        "  case <-c:\n    x = 1\n  default { x = 2 } } }\n",
        right="channel c\nshared x = 0\nthread a { select {\n"
        "  case <-c { x = 1 }\n  default { x = 2 } } }\n",
    ),
    Code(
        "CL0254",
        "a range used as a value",
        "`0..n` is written where something goes over a range: in `for`, in `thread p[i in …]` and\n"
        "in `choose(…)`. It is no value of its own.",
        wrong="fn f(a) { work a }\nthread a { f(0..3) }\n",
        right="fn f(a) { work a }\nthread a { f(choose(0..3)) }\n",
    ),
    Code(
        "CL0255",
        "a plus sign without a left side",
        "Numbers have no plus sign in front.",
        wrong=COUNT + "thread a { count = +1 }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0256",
        "needless parentheses",
        "Locks, threads and words such as `yield` take no arguments and no `()`.",
        wrong="lock m()\nthread a { lock m { } }\n",
        right="lock m\nthread a { lock m { } }\n",
    ),
    Code(
        "CL0258",
        "an object that is given a value with `=`",
        "Locks, channels, events and the like are no variables. What they start with stands in\n"
        "parentheses: `semaphore slots(3)`, `channel jobs(4)`.",
        wrong="semaphore slots = 3\nthread a { acquire slots }\n",
        right="semaphore slots(3)\nthread a { acquire slots }\n",
    ),
    Code(
        "CL0259",
        "an argument with a name",
        "Arguments of functions go by their order. Only those of policies have names.",
        wrong="fn f(a) { work a }\nthread t { f(a = 1) }\n",
        right="fn f(a) { work a }\nthread t { f(1) }\n",
    ),
]
