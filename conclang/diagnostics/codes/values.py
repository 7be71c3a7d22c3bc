"""Area 06: constants, `-D`, sizes and ranges."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

COUNT = "shared count = 0\n"

CODES: list[Code] = [
    Code(
        "CL0601",
        "a value that is not known before the program runs",
        "Constants, sizes, first values, attributes and settings are worked out before anything\n"
        "runs: from numbers, `const`s, and arithmetic on them.",
        wrong="shared n = 2\nshared a[n] = 0\nthread t { a[0] = n }\n",
        right="const n = 2\nshared a[n] = 0\nthread t { a[0] = n }\n",
    ),
    Code(
        "CL0602",
        "a constant divided by zero",
        "Division by zero has no result, and neither has the remainder of one.",
        wrong="const parts = 0\nconst share = 12 / parts\nthread a { work share }\n",
        right="const parts = 3\nconst share = 12 / parts\nthread a { work share }\n",
    ),
    Code(
        "CL0603",
        "a constant beyond 64 bits",
        "Values are 64-bit signed integers, from -9223372036854775808 to 9223372036854775807.\n"
        "They never wrap round.",
        wrong="const big = 9223372036854775807 + 1\nthread a { work big }\n",
        right="const big = 9223372036854775807\nthread a { work big }\n",
    ),
    Code(
        "CL0604",
        "a constant that needs itself",
        "Constants may stand in any order, but not in a circle.",
        wrong="const a = b + 1\nconst b = a + 1\nthread t { work b }\n",
        right="const a = 1\nconst b = a + 1\nthread t { work b }\n",
    ),
    Code(
        "CL0605",
        "an impossible number of elements",
        "An array has at least one element and at most a million.",
        wrong="shared a[0] = 0\nthread t { a[0] = 1 }\n",
        right="shared a[1] = 0\nthread t { a[0] = 1 }\n",
    ),
    Code(
        "CL0606",
        "`-D` for a constant that is not there",
        "`-D NAME=VALUE` on the command line gives a constant of the file another value. The file\n"
        "must declare it with `const`; one of a process is called `web.NAME`.",
        wrong="const N = 2\nthread a { work N }\n",
        right="const N = 2\nconst M = 2\nthread a { work N + M }\n",
        defines=("M=5",),
    ),
    Code(
        "CL0607",
        "`-D` with a value that does not fit",
        "The value must be of the same type as the one in the file: an integer for an integer,\n"
        "`true` or `false` for a boolean.",
        wrong="const N = 2\nthread a { work N }\n",
        right='const N = "two"\nthread a { print "{N}" }\n',
        defines=("N=many",),
    ),
    Code(
        "CL0608",
        "a range without elements",
        "Ranges count upwards and leave out their end: `0..5` is 0, 1, 2, 3, 4.",
        wrong="thread p[i in 5..0] { work i }\n",
        right="thread p[i in 0..5] { work i }\n",
    ),
    Code(
        "CL0609",
        "an argument outside of its range",
        "A semaphore starts with 0 permits or more, a channel holds 0 messages or more, at a\n"
        "barrier at least one thread meets, a device serves at least one request at a time.",
        wrong="semaphore slots(-1)\nthread a { release slots }\n",
        right="semaphore slots(0)\nthread a { release slots }\n",
    ),
    Code(
        "CL0611",
        "an object without its number",
        "A semaphore must say how many permits there are at the start, a barrier how many threads\n"
        "meet.",
        wrong="barrier meet\nthread p[i in 0..2] { wait meet }\n",
        right="barrier meet(2)\nthread p[i in 0..2] { wait meet }\n",
    ),
    Code(
        "CL0612",
        "an object with a number it has no use for",
        "Locks, conditions and events are declared by their name alone, or as an array:\n"
        "`lock forks[5]`.",
        wrong="lock forks(2)\nthread a { acquire forks }\n",
        right="lock forks\nthread a { acquire forks }\n",
    ),
    Code(
        "CL0613",
        "a list that does not fill its array",
        "A list of first values has one for each element. One value alone stands for all.",
        wrong="shared a[3] = [1, 2]\nthread t { a[0] = 5 }\n",
        right="shared a[3] = [1, 2, 3]\nthread t { a[0] = 5 }\n",
    ),
    Code(
        "CL0614",
        "a value that shared memory cannot hold",
        "A shared or atomic variable holds an integer, a boolean or a string, and each is read\n"
        "and written in one step. Tuples are for messages and outcomes; a table is an array with\n"
        "`table[row * width + column]`.",
        wrong="shared pair = (1, 2)\nthread a { pair = (3, 4) }\n",
        right="shared pair = [1, 2]\nthread a { pair[0] = 3 }\n",
    ),
    Code(
        "CL0615",
        "a scenario that is too large",
        "A scenario has at most 100000 declared threads and a million words of memory.",
        wrong="thread p[i in 0..100001] { work i }\n",
        right="thread p[i in 0..10] { work i }\n",
    ),
    Code(
        "CL0617",
        "an index outside of its array",
        "An array of n elements has the indices 0 to n - 1.",
        wrong="const sizes = [2, 4]\nconst size = sizes[2]\nthread a { work size }\n",
        right="const sizes = [2, 4]\nconst size = sizes[1]\nthread a { work size }\n",
    ),
    Code(
        "CL0618",
        "a number with a decimal point",
        "Values are integers. Decimal numbers may stand in `expect timed` lines only, where they\n"
        "are compared exactly.",
        wrong="const half = 0.5\nthread a { work half }\n",
        right="thread a { work 1 }\nexpect timed makespan > 0.5\n",
    ),
    Code(
        "CW0601",
        "a division by zero in a body",
        "Whoever comes here divides by zero, which ends the program with an error.",
        wrong=COUNT + "thread a { count = 7 / 0 }\n",
        right=COUNT + "thread a { count = 7 / 2 }\n",
    ),
    Code(
        "CW0602",
        "an index that is out of range in a body",
        "An array of n elements has the indices 0 to n - 1. Whoever comes here ends the program\n"
        "with an error.",
        wrong="shared a[2] = 0\nthread t { a[2] = 1 }\n",
        right="shared a[2] = 0\nthread t { a[1] = 1 }\n",
    ),
    Code(
        "CW0603",
        "an overflow in a body",
        "The result needs more than 64 bits. Whoever comes here ends the program with an error.",
        wrong=COUNT + "thread a { count = 9223372036854775807 + 1 }\n",
        right=COUNT + "thread a { count = 9223372036854775806 + 1 }\n",
    ),
    Code(
        "CW0604",
        "a negative number of rounds",
        "`repeat` with a negative number does nothing.",
        wrong=COUNT + "thread a {\n  repeat -2 { count += 1 }\n}\n",
        right=COUNT + "thread a {\n  repeat 2 { count += 1 }\n}\n",
    ),
    Code(
        "CW0605",
        "a negative amount of time",
        "Time does not run backwards: ticks of `work`, `sleep`, `io` and `after` are 0 or more.",
        wrong="thread a { work -5 }\n",
        right="thread a { work 5 }\n",
    ),
]
