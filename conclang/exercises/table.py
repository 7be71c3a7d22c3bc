"""THE table of `exercise.yaml`: every key, its type and a line about it.

The loader, the JSON Schema (`exercise.schema.json`) and the reference in `docs/teaching.md` are
all made from it.
"""

from __future__ import annotations

from conclang.exercises.types import (
    Either,
    Field,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Text,
    Truth,
    Whole,
)

SMALL = 1_000_000
NAME = Text("a name (letters, digits, `_`)", r"[A-Za-z_][A-Za-z0-9_]{0,59}")
IDENTITY = Text("a short name (small letters, digits, `_`)", r"[a-z][a-z0-9_]{0,59}")
FILE = Text("the name of a file beside this one", r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
LINE = Text("a text")
LINES = ListOf(LINE, lone=True)
FLAWS = ("deadlock", "race", "leak", "lost_update", "atomicity", "starvation", "livelock")
BETTER_LOW = ("makespan", "switches", "migrations", "misses")
BETTER_LOW_AVERAGE = ("turnaround", "response", "waiting")
BETTER_HIGH = ("parallelism", "utilization", "throughput")
CONSTRUCTS = {
    "lock": "locks declared",
    "rwlock": "rwlocks declared",
    "semaphore": "semaphores declared",
    "condition": "conditions declared",
    "barrier": "barriers declared",
    "event": "events declared",
    "channel": "channels declared",
    "device": "devices declared",
    "atomic": "atomic variables declared",
    "atomic_block": "`atomic { }` statements",
    "process": "processes declared",
    "thread": "threads declared",
    "runtime": "runtimes declared",
    "spawn": "threads started with `spawn`, as written",
    "go": "tasks started with `go`, as written",
    "async": "tasks started with `async`, as written",
    "join": "`join`, as written",
    "await": "`await`, as written",
    "select": "`select` statements",
    "signal": "`signal` statements",
    "broadcast": "`broadcast` statements",
    "close": "`close` statements",
    "try_acquire": "`try_acquire`, as written",
    "section": "`section` blocks",
    "work": "`work` statements",
    "io": "`io` statements",
    "sleep": "`sleep` statements",
    "yield": "`yield` statements",
    "choose": "`choose`, as written",
    "busy_waiting": "1 if a thread, alone, comes back to where it was without changing anything",
}
PERCENT = Whole(0, 1000)
COUNT = Whole(0, 1000)
CONSTRUCT = OneOf(*CONSTRUCTS)
COUNTS = MapOf(COUNT, Text("a construct", "|".join(CONSTRUCTS)))

MACHINE = Record(
    "a machine",
    Field("cores", Whole(1, 1024), "cores of every processor"),
    Field("policy", Text("a scheduling policy"), "as in `scheduler`: round_robin(quantum: 2)"),
)
LIMITS = Record(
    "the limits",
    Field("states", Whole(1, 100_000_000), "states that the search may visit"),
    Field("steps", Whole(1, 1_000_000_000), "micro-ops of one timed run"),
    Field("seconds", Whole(1, 3600), "for one submission; reached only if the others are not"),
    Field("memory", Whole(64, 65536), "MB for one submission"),
)
RANGE = Record(
    "a range",
    Field("from", Whole(-SMALL, SMALL), "the least value", required=True),
    Field("to", Whole(-SMALL, SMALL), "the greatest value", required=True),
)
USES = Record(
    "what is used",
    Field("forbid", ListOf(CONSTRUCT, lone=True), "constructs that must not be used"),
    Field("require", ListOf(CONSTRUCT, lone=True), "constructs that must be used"),
    Field("at_most", COUNTS, "construct: how many at most (of objects: declared ones)"),
    Field("at_least", COUNTS, "construct: how many at least"),
)
WITHIN = MapOf(
    PERCENT, Text("a metric", "|".join((*BETTER_LOW, *BETTER_LOW_AVERAGE, *BETTER_HIGH)))
)
ALLOWS = Record(
    "what must stay possible",
    Field("together", MapOf(Whole(2, 1000), NAME), "section: so many threads inside at once"),
    Field("reachable", LINES, "conditions true in some reachable state"),
    Field("possible", LINES, "conditions true at the end of some schedule"),
    Field("within", WITHIN, "metric: at most so many per cent worse than the solution"),
)
MUTANT = Record(
    "a mutant",
    Field("name", LINE, "what is wrong with it, shown when it is not caught", required=True),
    Field("file", FILE, "the mutant as a file with the same edit regions"),
    Field("replace", LINE, "a text of the starter outside the regions …"),
    Field("with", Text(empty=True), "… and what the mutant has instead"),
    Field("nth", Whole(1, 1000), "which occurrence of the text, from 1"),
    one_of=("file", "replace"),
)
CATCHES = Record(
    "what must be caught",
    Field("mutants", ListOf(MUTANT), "flawed twins of the starter"),
    Field("slips", Whole(1, 50), "so many more, made by conclang, that the solution's lines catch"),
)
ANSWER = Record(
    "a question",
    Field("key", NAME, "the key in answer.yaml", required=True),
    Field("ask", LINE, "the question in words", required=True),
    Field("outcomes", LINE, "answer: all values that this expression can have at the end"),
    Field(
        "schedules",
        OneOf("complete", "finished", "deadlocked", "failed"),
        "answer: how many schedules there are",
    ),
    Field("flaw", OneOf(*FLAWS), "answer: true or false, can it happen?"),
    Field("holds", LINE, "answer: true or false, does this expectation hold?"),
    Field("metric", LINE, "answer: the value of this expression over metrics"),
    Field("timeline", NAME, "answer: who runs at each tick on the first core of this processor"),
    Field("reach", OneOf("deadlock"), "answer: the threads in the order of a schedule to it"),
    Field("machine", NAME, "metric, timeline: on which of the `machines`"),
    one_of=("outcomes", "schedules", "flaw", "holds", "metric", "timeline", "reach"),
)
KINDS = ("expect", "timed", "uses", "allows", "catches", "answer")
CHECK = Record(
    "a check",
    Field("name", LINE, "shown in the result"),
    Field("points", Number(0, 1000), "1 if left out"),
    Field("hidden", Truth(), "true: students see only whether it passed"),
    Field("message", LINE, "said when the check fails, before the evidence"),
    Field("expect", LINES, "`expect` lines that must hold under every schedule"),
    Field("timed", LINES, "conditions over metrics of the timed run"),
    Field("machines", ListOf(NAME, lone=True), "timed, allows: on which of the `machines`"),
    Field("uses", USES, "constructs that are forbidden, required or counted"),
    Field("allows", ALLOWS, "not over-synchronised: what must stay possible"),
    Field("catches", CATCHES, "the student's `expect` lines must tell these from the solution"),
    Field("answer", ANSWER, "a question about the scenario, answered in answer.yaml"),
    one_of=KINDS,
)
EXERCISE = Record(
    "an exercise",
    Field("id", IDENTITY, "its name on the command line and in results", required=True),
    Field("title", LINE, "one line", required=True),
    Field("theme", LINE, "what it is about: races, deadlock, scheduling …"),
    Field("difficulty", Whole(1, 5), "1 easy … 5 hard"),
    Field("prompt", LINE, "what the student reads, Markdown; {N} is a variant's value", True),
    Field("starter", FILE, "the file the student begins with and hands in", required=True),
    Field("solution", FILE, "a solution, never shown; not for pure answer.yaml exercises"),
    Field("scenario", FILE, "the scenario that `answer` questions are about"),
    Field("hints", ListOf(LINE), "shown one after the other"),
    Field(
        "variants",
        MapOf(Either(ListOf(Whole(-SMALL, SMALL)), RANGE), NAME),
        "constant: its values; which one is drawn from the seed",
    ),
    Field("machines", MapOf(MACHINE, NAME), "machines that checks name"),
    Field("limits", LIMITS, "when to give up on a submission"),
    Field("checks", ListOf(CHECK), "what is judged, with points", required=True),
)
