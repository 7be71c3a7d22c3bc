"""Area 04: values of the wrong type."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

COUNT = "shared count = 0\n"
READY = "shared ready = false\n"

CODES: list[Code] = [
    Code(
        "CL0401",
        "an operator on the wrong type",
        "Arithmetic works on integers, `and`, `or` and `not` on booleans. Nothing is converted on\n"
        "its own: a number is no truth value, and text is put together in `print` only.",
        wrong=READY + "thread a { ready = not 1 }\n",
        right=READY + "thread a { ready = not ready }\n",
    ),
    Code(
        "CL0402",
        "a condition that is no boolean",
        "`if`, `while` and `assert` take a boolean. A number is no truth value: compare it.",
        wrong=COUNT + "thread a {\n  while count { count -= 1 }\n}\n",
        right=COUNT + "thread a {\n  while count > 0 { count -= 1 }\n}\n",
    ),
    Code(
        "CL0404",
        "a wrong number of arguments",
        "A call gives each parameter of the function one argument, in the same order. There are\n"
        "no defaults.",
        wrong=COUNT + "fn add(a, b) { count = a + b }\nthread t { add(1) }\n",
        right=COUNT + "fn add(a, b) { count = a + b }\nthread t { add(1, 2) }\n",
    ),
    Code(
        "CL0405",
        "a value of another type than before",
        "Every variable, parameter, result and channel has one type, found from its first uses.\n"
        "Later values must fit it: a variable that holds an integer never holds a boolean.",
        wrong=COUNT + "thread a { count = true }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0406",
        "a comparison of different types",
        "Values of different types are never equal, so comparing them is a slip.",
        wrong=READY + "thread a { if ready == 1 { ready = false } }\n",
        right=READY + "thread a { if ready == true { ready = false } }\n",
    ),
    Code(
        "CL0407",
        "an order of what has none",
        "`<`, `<=`, `>` and `>=` order integers. Booleans, strings, tuples and handles can be\n"
        "compared with `==` and `!=` only.",
        wrong=READY + "thread a { if ready < true { ready = true } }\n",
        right=READY + "thread a { if ready != true { ready = true } }\n",
    ),
    Code(
        "CL0408",
        "a value where there is none",
        "A function gives a value with `return e`. One without gives none, and then its call can\n"
        "stand as a statement only; likewise `join` and `await` of what it was started with.",
        wrong=COUNT + "fn bump() { count += 1 }\nthread a { let n = bump() }\n",
        right=COUNT + "fn bump() { count += 1 }\nthread a { bump() }\n",
    ),
    Code(
        "CL0409",
        "a call of what is no function",
        "Only functions declared with `fn` and `min max abs len` can be called. Objects are used\n"
        "with words, without parentheses: `acquire m`, `wait c`, `<-ch`.",
        wrong=COUNT + "thread a { count(1) }\n",
        right=COUNT + "thread a { count = 1 }\n",
    ),
    Code(
        "CL0410",
        "waiting for what is no thread or task",
        "`join` and `await` take a handle: what `spawn f()`, `go f()` and `async f()` give, or\n"
        "the name of a declared thread. A plain call `f()` is over when it gives its value;\n"
        "there is nothing left to wait for.",
        wrong="fn fetch() { io 5; return 1 }\nthread a { let n = await fetch(); assert n == 1 }\n",
        right="fn fetch() { io 5; return 1 }\n"
        "thread a { let n = await async fetch(); assert n == 1 }\n",
    ),
    Code(
        "CL0411",
        "a value that cannot be taken apart so",
        "`let (a, b) = e` takes a tuple of two apart. With a receive on the right the two names\n"
        "are always the value and whether there was one; take the message apart afterwards.",
        wrong="channel ch(1)\nthread a { ch <- (1, 2) }\n"
        "thread b { let m = <-ch; let (x, y, z) = m; assert x + y + z == 3 }\n",
        right="channel ch(1)\nthread a { ch <- (1, 2) }\n"
        "thread b { let m = <-ch; let (x, y) = m; assert x + y == 3 }\n",
    ),
    Code(
        "CL0412",
        "an element of what is no array",
        "`a[i]` is an element of an array. The parts of a tuple get names with\n`let (a, b) = …`.",
        wrong=COUNT + "thread a { count = count[0] }\n",
        right="shared counts[2] = 0\nthread a { counts[1] = counts[0] }\n",
    ),
    Code(
        "CL0413",
        "an assignment to what never changes",
        "Variables can be assigned to: shared ones, atomic ones and local ones. Constants, the\n"
        "number of a thread, locks, channels and other objects stay what they are.",
        wrong="const limit = 3\nthread a { limit = 4 }\n",
        right="shared limit = 3\nthread a { limit = 4 }\n",
    ),
    Code(
        "CL0414",
        "an assignment to what is no variable",
        "On the left of `=` stands a variable or an element of an array that has a name. An\n"
        "array inside another is changed as a whole.",
        wrong="thread a {\n  let a = [[1, 2], [3, 4]]\n  a[0][1] = 5\n}\n",
        right="thread a {\n  let a = [[1, 2], [3, 4]]\n  a[0] = [1, 5]\n}\n",
    ),
    Code(
        "CL0415",
        "a list of different types",
        "All elements of an array have one type, and so have all choices of a `choose`. A tuple\n"
        "`(1, true)` may mix them.",
        wrong=COUNT + "thread a { count = choose(1, true) }\n",
        right=COUNT + "thread a { count = choose(1, 2) }\n",
    ),
    Code(
        "CL0416",
        "a message that is no text",
        "What `assert` says when it fails is a text. Values can be put into it: `{count}`.",
        wrong=COUNT + "thread a { assert count == 0, count }\n",
        right=COUNT + 'thread a { assert count == 0, "count is {count}" }\n',
    ),
    Code(
        "CL0417",
        "a loop over nothing that can be gone over",
        "`for` goes over a range `0..n`, the elements of an array, or the messages of a channel\n"
        "until it is closed and empty. A range is not a value that could be kept.",
        wrong=COUNT + "thread a {\n  for i in count { count += i }\n}\n",
        right=COUNT + "thread a {\n  for i in 0..3 { count += i }\n}\n",
    ),
    Code(
        "CL0418",
        "a statement without effect",
        "A value that nobody uses does nothing. Often `=` was meant and `==` written, or a call\n"
        "lacks its parentheses.",
        wrong=COUNT + "thread a { (count + 1) }\n",
        right=COUNT + "thread a { count = count + 1 }\n",
    ),
    Code(
        "CL0419",
        "an amount that is no integer",
        "Ticks, rounds and ends of ranges are integers.",
        wrong="thread a { work true }\n",
        right="thread a { work 1 }\n",
    ),
    Code(
        "CL0420",
        "an index that is no integer",
        "The elements of an array have the numbers 0, 1, 2 and so on.",
        wrong="shared a[2] = 0\nthread t { a[true] = 1 }\n",
        right="shared a[2] = 0\nthread t { a[1] = 1 }\n",
    ),
    Code(
        "CL0421",
        "a function that returns with and without a value",
        "Either every `return` of a function gives a value, or none does.",
        wrong=COUNT + "fn half(n) {\n  if n < 2 { return }\n  return n / 2\n}\n"
        "thread a { count = half(4) }\n",
        right=COUNT + "fn half(n) {\n  if n < 2 { return 0 }\n  return n / 2\n}\n"
        "thread a { count = half(4) }\n",
    ),
    Code(
        "CW0401",
        "a function that may end without a value",
        "Some `return` gives a value, but control can also come to the end of the body. The call\n"
        "then gives 0, false or an empty text, which is seldom what was meant.",
        wrong=COUNT + "fn sign(n) {\n  if n > 0 { return 1 }\n}\nthread a { count = sign(4) }\n",
        right=COUNT + "fn sign(n) {\n  if n > 0 { return 1 }\n  return 0\n}\n"
        "thread a { count = sign(4) }\n",
    ),
]
