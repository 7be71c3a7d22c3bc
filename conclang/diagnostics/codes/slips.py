"""Area 02, continued: slips of people who come from Python, Go, Rust, Java or C."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

COUNT = "shared count = 0\n"
BOTH = "shared a = 0\nshared b = 0\n"

CODES = [
    Code(
        "CL0210",
        "`&&`, `||` or `!`",
        "Conditions are joined with the words `and` and `or`, and turned round with `not`.",
        wrong=BOTH + "thread t { if a == 0 && b == 0 { a = 1 } }\n",
        right=BOTH + "thread t { if a == 0 and b == 0 { a = 1 } }\n",
    ),
    Code(
        "CL0211",
        "`:=`",
        "A local variable is made with `let x = …` and changed with `x = …`.",
        wrong=COUNT + "thread a { n := 1; count = n }\n",
        right=COUNT + "thread a { let n = 1; count = n }\n",
    ),
    Code(
        "CL0212",
        "a comparison sign of another language",
        "The comparisons are `==`, `!=`, `<`, `<=`, `>` and `>=`.",
        wrong=COUNT + "thread a { if count === 0 { count = 1 } }\n",
        right=COUNT + "thread a { if count == 0 { count = 1 } }\n",
    ),
    Code(
        "CL0213",
        "an operator that does not exist",
        "There are `+`, `-`, `*`, `/` and `%`. Both `/` and `%` round down, as Python's `//` and\n"
        "`%` do.",
        wrong=COUNT + "thread a { count = count ** 2 }\n",
        right=COUNT + "thread a { count = count * count }\n",
    ),
    Code(
        "CL0214",
        "a range with another sign",
        "A range is written `0..n`. It starts with its first number and leaves out the last.",
        wrong=COUNT + "thread a { for i in 0...3 { count = i } }\n",
        right=COUNT + "thread a { for i in 0..3 { count = i } }\n",
    ),
    Code(
        "CL0215",
        "an arrow that means nothing",
        "The only arrow is `<-`, which sends to a channel and receives from one.",
        wrong="process web { shared total = 0\n"
        "  thread a { total = 1 } }\nexpect finally web->total == 1\n",
        right="process web { shared total = 0\n"
        "  thread a { total = 1 } }\nexpect finally web.total == 1\n",
    ),
    Code(
        "CL0216",
        "an operation on bits, or a reference",
        "There are no operations on bits and no pointers. Conditions are joined with `and`, `or`\n"
        "and `not`; names always mean the thing itself.",
        wrong=BOTH + "thread t { if a == 0 & b == 0 { a = 1 } }\n",
        right=BOTH + "thread t { if a == 0 and b == 0 { a = 1 } }\n",
    ),
    Code(
        "CL0217",
        "`=` in a condition",
        "`=` changes a variable and is a statement of its own. Two values are compared with `==`.",
        wrong=COUNT + "thread a { if count = 0 { count = 1 } }\n",
        right=COUNT + "thread a { if count == 0 { count = 1 } }\n",
    ),
    Code(
        "CL0218",
        "`++` or `--`",
        "A variable is increased with `x += 1`. On a shared variable that is a read and then a\n"
        "write, between which another thread may come: the reason why there is no sign for it\n"
        "that looks like one step.",
        wrong=COUNT + "thread a { count++ }\n",
        right=COUNT + "thread a { count += 1 }\n",
    ),
    Code(
        "CL0219",
        "`=+`",
        "`x += 1` adds to a variable. `x =+ 1` would set it to 1.",
        wrong=COUNT + "thread a { count =+ 1 }\n",
        right=COUNT + "thread a { count += 1 }\n",
    ),
    Code(
        "CL0220",
        "`<-` meant as a comparison",
        "`<-` is always the channel arrow, also in `a <-1`. Put a blank between `<` and `-` to\n"
        "compare with a negative number. Sending is a statement, not part of an expression.",
        wrong=COUNT + "thread a { if count <-1 { count = 1 } }\n",
        right=COUNT + "thread a { if count < -1 { count = 1 } }\n",
    ),
    Code(
        "CL0221",
        "a conditional expression",
        "There is no `c ? a : b` and no `a if c else b`. Write an `if` with both assignments.",
        wrong=COUNT + "thread a { let n = 1; count = n ? 2 : 3 }\n",
        right=COUNT + "thread a { let n = 1; if n == 1 { count = 2 } else { count = 3 } }\n",
    ),
    Code(
        "CL0222",
        "`def`, `func` or `function`",
        "Functions are declared with `fn`.",
        wrong="def f(a) { return a + 1 }\nthread t { work f(1) }\n",
        right="fn f(a) { return a + 1 }\nthread t { work f(1) }\n",
    ),
    Code(
        "CL0223",
        "another language's word for a thing",
        "Many languages have their own words for the same things. Here a mutex is called `lock`,\n"
        "and unlocking it is called `release`.",
        wrong="mutex m\nthread a { lock m { } }\n",
        right="lock m\nthread a { lock m { } }\n",
    ),
    Code(
        "CL0224",
        "a variable declared as in another language",
        "`shared x = 0` declares a variable of all threads, `let x = 0` one of this thread. The\n"
        "type\n"
        "follows from the value.",
        wrong="int count = 0\nthread a { count = 1 }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0225",
        "a type that is written down",
        "Types are not written: the type of a variable follows from its first value, that of a\n"
        "function from what it returns.",
        wrong="shared count: int = 0\nthread a { count = 1 }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0226",
        "a block made by `:` and indentation",
        "Blocks stand between `{` and `}`. Indentation is for the reader only; `conclang fmt`\n"
        "puts\n"
        "it right.",
        wrong=COUNT + "thread a {\n  if count == 0:\n    count = 1\n}\n",
        right=COUNT + "thread a {\n  if count == 0 {\n    count = 1\n  }\n}\n",
    ),
    Code(
        "CL0227",
        "a block without braces",
        "What an `if`, a loop or a `lock` is about stands between `{` and `}`, even if it is one\n"
        "statement. There is no `then` and no `do`.",
        wrong=COUNT + "thread a { if count == 0 count = 1 }\n",
        right=COUNT + "thread a { if count == 0 { count = 1 } }\n",
    ),
    Code(
        "CL0228",
        "`elif`",
        "A further condition is written `else if`.",
        wrong=COUNT + "thread a { if count == 0 { count = 1 } elif count == 1 { count = 2 } }\n",
        right=COUNT + "thread a { if count == 0 { count = 1 } else if count == 1 { count = 2 } }\n",
    ),
    Code(
        "CL0229",
        "a loop of another language",
        "The loops are `loop { }` (for ever), `while c { }`, `repeat n { }` and `for i in 0..n {\n"
        "}`,\n"
        "which also goes over arrays and channels.",
        wrong=COUNT + "thread a { for (int i = 0; i < 3; i++) { count += 1 } }\n",
        right=COUNT + "thread a { for i in 0..3 { count += i } }\n",
    ),
    Code(
        "CL0230",
        "a statement that does not exist",
        "The language is small: there are no classes, modules, exceptions, or `switch`. What to\n"
        "use\n"
        "instead stands beside the report.",
        wrong="import threading\n" + COUNT + "thread a { count = 1 }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0231",
        "an operation written as a call",
        "`acquire m`, `wait c`, `signal c` and the like are statements: a word and the thing it\n"
        "is\n"
        "about, without parentheses.",
        wrong="lock m\nthread a { acquire(m); release m }\n",
        right="lock m\nthread a { acquire m; release m }\n",
    ),
    Code(
        "CL0232",
        "an operation written as a method",
        "Things have no methods, except that atomic cells have `.add`, `.swap` and `.cas`. The\n"
        "word\n"
        "comes first: `acquire m`, `wait c`, `join t`, `<-ch`.",
        wrong="lock m\nthread a { m.acquire(); release m }\n",
        right="lock m\nthread a { acquire m; release m }\n",
    ),
    Code(
        "CL0233",
        "a lock without the block it is held for",
        "`lock m { … }` holds the lock until the block is left, however it is left. To take and\n"
        "give it back by hand there are `acquire m` and `release m`.",
        wrong=COUNT + "lock m\nthread a { lock m; count = 1; release m }\n",
        right=COUNT + "lock m\nthread a { lock m { count = 1 } }\n",
    ),
    Code(
        "CL0234",
        "`io` with its device in the wrong place",
        "The number of ticks comes first, then `on` and the device.",
        wrong="device disk\nthread a { io disk 10 }\n",
        right="device disk\nthread a { io 10 on disk }\n",
    ),
    Code(
        "CL0235",
        "`assert` with parentheses",
        "With parentheses, condition and message would be one tuple.",
        wrong=COUNT + 'thread a { assert(count == 0, "not zero") }\n',
        right=COUNT + 'thread a { assert count == 0, "not zero" }\n',
    ),
    Code(
        "CL0236",
        "`range(n)`",
        "A range is written `0..n`: from its first number up to, but without, its last.",
        wrong=COUNT + "thread a { for i in range(3) { count = i } }\n",
        right=COUNT + "thread a { for i in 0..3 { count = i } }\n",
    ),
    Code(
        "CL0237",
        "`True`, `None` or `null`",
        "The truth values are `true` and `false`. Every variable always has a value: there is no\n"
        "`None`.",
        wrong="shared ready = False\nthread a { ready = true }\n",
        right="shared ready = false\nthread a { ready = true }\n",
    ),
    Code(
        "CL0238",
        "a text with a letter in front",
        "In `print` and assert messages every text puts in the value of `{expression}` by itself.",
        wrong=COUNT + 'thread a { print f"count = {count}" }\n',
        right=COUNT + 'thread a { print "count = {count}" }\n',
    ),
    Code(
        "CL0239",
        "a thread or task started in another way",
        "`spawn f(x)`, `go f(x)` and `async f(x)` start a call of a function that is declared\n"
        "with\n"
        "`fn`. There are no functions without a name.",
        wrong=COUNT + "thread a { go func() { count = 1 }() }\n",
        right=COUNT + "fn f() { count = 1 }\nthread a { go f() }\n",
    ),
    Code(
        "CW0201",
        "a comment that looks like a division",
        "`//` starts a comment, so what follows it is not read. `/` already rounds down, as\n"
        "Python's `//` does.",
        wrong=COUNT + "thread a {\n  let half = count // 2\n  count = half\n}\n",
        right=COUNT + "thread a {\n  let half = count / 2\n  count = half\n}\n",
    ),
]
