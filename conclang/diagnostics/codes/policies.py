"""Area 07: policies, attributes and settings."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code


def _cpu(policy: str, rest: str = "thread a { work 5 }\n") -> str:
    """A scenario whose processor schedules by a policy."""
    return f"processor cpu {{ cores 1 scheduler {policy} }}\n{rest}"


def _cores(lines: str) -> str:
    """A scenario whose processor has some settings."""
    return f"processor cpu {{ {lines} }}\nthread a {{ work 5 }}\n"


CODES: list[Code] = [
    Code(
        "CL0701",
        "an unknown scheduling policy",
        "The policies are listed in the reference. A policy of your own is loaded from a Python\n"
        "file on the command line: `--policy mypolicy.py:Fair`.",
        wrong=_cpu("round_robbin(quantum: 2)"),
        right=_cpu("round_robin(quantum: 2)"),
    ),
    Code(
        "CL0702",
        "an argument that the policy does not have",
        "Each policy has its own arguments, given by name: `round_robin(quantum: 2)`.",
        wrong=_cpu("round_robin(quanta: 2)"),
        right=_cpu("round_robin(quantum: 2)"),
    ),
    Code(
        "CL0703",
        "an argument of a policy that does not fit",
        "A quantum is at least one tick; lists and policies stand where the reference says so.",
        wrong=_cpu("round_robin(quantum: 0)"),
        right=_cpu("round_robin(quantum: 1)"),
    ),
    Code(
        "CL0704",
        "a policy without what it needs",
        "`partitioned` needs the policy of each core's queue, `script` the list of threads.",
        wrong=_cpu("partitioned"),
        right=_cpu("partitioned(fifo)"),
    ),
    Code(
        "CL0705",
        "arguments of a policy in disorder",
        "Each argument is given once. Only the first one may stand without its name.",
        wrong=_cpu("round_robin(quantum: 2, quantum: 3)"),
        right=_cpu("round_robin(quantum: 2)"),
    ),
    Code(
        "CL0706",
        "a policy that is not for tasks",
        "A runtime orders tasks, which have no priority, burst, deadline, period or tickets. So\n"
        "it knows `work_stealing`, `fifo`, `round_robin`, `cooperative` and `random` only.",
        wrong="runtime pool { workers 2 scheduler edf }\nfn f() { work 1 }\n"
        "thread a { go f() on pool }\n",
        right="runtime pool { workers 2 scheduler fifo }\nfn f() { work 1 }\n"
        "thread a { go f() on pool }\n",
    ),
    Code(
        "CL0707",
        "an unknown setting",
        "A processor has `cores`, `scheduler`, `switch_cost`, `migration_cost` and `cost`; a\n"
        "runtime has `workers` and `scheduler`.",
        wrong=_cores("coers 2"),
        right=_cores("cores 2"),
    ),
    Code(
        "CL0708",
        "a setting given twice",
        "Each setting is given once.",
        wrong=_cores("cores 2 cores 4"),
        right=_cores("cores 4"),
    ),
    Code(
        "CL0709",
        "a setting that does not fit",
        "A processor has 1 to 1024 cores, costs are 0 or more, a scheduler is a policy.",
        wrong=_cores("cores 0"),
        right=_cores("cores 1"),
    ),
    Code(
        "CL0710",
        "an unknown attribute of a thread",
        "Threads have `priority`, `arrival`, `on`, `pinned`, `burst`, `deadline`, `period`,\n"
        "`tickets`, `nice` and `daemon`.",
        wrong="thread a with prioritty 3 { work 5 }\n",
        right="thread a with priority 3 { work 5 }\n",
    ),
    Code(
        "CL0711",
        "an attribute given twice",
        "Each attribute is given once.",
        wrong="thread a with priority 3, priority 4 { work 5 }\n",
        right="thread a with priority 4 { work 5 }\n",
    ),
    Code(
        "CL0712",
        "an attribute that does not fit",
        "Ticks are 0 or more, periods and deadlines 1 or more, `nice` is -20 to 19, tickets 1 or\n"
        "more. `daemon` stands alone, all others have a value.",
        wrong="thread a with nice 99 { work 5 }\n",
        right="thread a with nice 19 { work 5 }\n",
    ),
    Code(
        "CL0713",
        "a processor that is not there",
        "`on` names a declared processor.",
        wrong="thread a with on gpu { work 5 }\n",
        right="processor gpu { cores 2 }\nthread a with on gpu { work 5 }\n",
    ),
    Code(
        "CL0714",
        "a core that is not there",
        "The cores of a processor have the numbers 0, 1, 2 … A thread is pinned to one of them.",
        wrong="processor cpu { cores 2 }\nthread a with pinned 2 { work 5 }\n",
        right="processor cpu { cores 2 }\nthread a with pinned 1 { work 5 }\n",
    ),
    Code(
        "CL0715",
        "an unknown option",
        "Locks may be `recursive`, `inherit` or `ceiling(n)`, rwlocks `prefer_writers`,\n"
        "conditions `hoare` or `spurious`. Other objects have no options.",
        wrong="lock m with reentrant\nthread a { acquire m }\n",
        right="lock m with recursive\nthread a { acquire m }\n",
    ),
    Code(
        "CL0716",
        "options that do not go together",
        "Each option is given once, and a lock has either priority inheritance or a ceiling.",
        wrong="lock m with inherit, ceiling(9)\nthread a { acquire m }\n",
        right="lock m with inherit\nthread a { acquire m }\n",
    ),
    Code(
        "CL0717",
        "an option with a wrong number",
        "`ceiling(9)` has the priority in parentheses; the other options have none.",
        wrong="lock m with ceiling\nthread a { acquire m }\n",
        right="lock m with ceiling(9)\nthread a { acquire m }\n",
    ),
    Code(
        "CL0718",
        "a thread of unknown length under `sjf` or `srtf`",
        "These policies order threads by how long they work. That is what `burst` says, or else\n"
        "the sum of the `work` in the body where it can be counted: known amounts, in loops that\n"
        "are known to go round so many times.",
        wrong=_cpu("sjf", "shared n = 3\nthread a {\n  while n > 0 { work 2; n -= 1 }\n}\n"),
        right=_cpu(
            "sjf", "shared n = 3\nthread a with burst 6 {\n  while n > 0 { work 2; n -= 1 }\n}\n"
        ),
    ),
    Code(
        "CL0719",
        "a thread that is not there in a script",
        "A script lists declared threads: `alice`, or one of a family: `bob[1]`.",
        wrong=_cpu("script [a, a, bob]"),
        right=_cpu("script [a, a, a, a, a]"),
    ),
    Code(
        "CL0720",
        "an unknown class of costs",
        "The classes are `read`, `write`, `sync` and `local`.",
        wrong=_cores("cores 1 cost { load 2 }"),
        right=_cores("cores 1 cost { read 2 }"),
    ),
]
