"""Area 10: `exercise.yaml` and `answer.yaml`."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

REST = "prompt: Count.\nstarter: counting.cl\nsolution: solution.cl\nchecks:\n  - expect: no race\n"
SHORT = "id: counting\ntitle: Counting\nprompt: Count.\nstarter: counting.cl\nsolution: done.cl\n"

CODES: list[Code] = [
    Code(
        "CL1001",
        "an exercise file that is not YAML",
        "`exercise.yaml` is written in YAML: a key, a colon, a space, a value; what belongs\n"
        "together is indented alike, with spaces. A text that contains `: ` or starts with a\n"
        "special sign stands in quotes.",
        wrong="id: counting\ntitle: Counting: how hard can it be\n" + REST,
        right='id: counting\ntitle: "Counting: how hard can it be"\n' + REST,
    ),
    Code(
        "CL1002",
        "a key that an exercise does not have",
        "Every key is known: a misspelt one would otherwise be passed over in silence, and a\n"
        "check that is not judged is worse than none.",
        wrong="id: counting\ntitel: Counting\n" + REST,
        right="id: counting\ntitle: Counting\n" + REST,
    ),
    Code(
        "CL1003",
        "a key that is there twice",
        "YAML keeps only the last of two equal keys. Which one was meant cannot be told.",
        wrong="id: counting\ntitle: Counting\ntitle: Counting again\n" + REST,
        right="id: counting\ntitle: Counting again\n" + REST,
    ),
    Code(
        "CL1004",
        "a value of the wrong type",
        "Each key has a type: a text, a number, a list, a group of keys. `docs/teaching.md` lists\n"
        "them all.",
        wrong="id: counting\ntitle: Counting\ndifficulty: easy\n" + REST,
        right="id: counting\ntitle: Counting\ndifficulty: 1\n" + REST,
    ),
    Code(
        "CL1005",
        "a word that YAML reads as something else",
        "YAML takes `no`, `on` and `yes` for truth values, `010` for eight and `1:30` for ninety.\n"
        "Where a text is wanted, such words stand in quotes; numbers are written in decimal.",
        wrong="id: counting\ntitle: no\n" + REST,
        right='id: counting\ntitle: "no"\n' + REST,
    ),
    Code(
        "CL1006",
        "YAML that an exercise has no use for",
        "Anchors and aliases can unfold a few lines into gigabytes, and tags can ask for any\n"
        "type; no exercise needs them. Files are small and not deeply nested.",
        wrong="id: counting\ntitle: &name Counting\ntheme: *name\n" + REST,
        right="id: counting\ntitle: Counting\ntheme: Counting\n" + REST,
    ),
    Code(
        "CL1007",
        "a key that is missing",
        "An exercise has at least `id`, `title`, `prompt`, `starter` and `checks`; a check has\n"
        "exactly one key that says what is judged.",
        wrong=SHORT + "checks:\n  - points: 2\n",
        right=SHORT + "checks:\n  - points: 2\n    expect: no race\n",
    ),
    Code(
        "CL1008",
        "a value out of range",
        "The value has the right type, but is too small, too large, or not among those known.",
        wrong="id: counting\ntitle: Counting\ndifficulty: 9\n" + REST,
        right="id: counting\ntitle: Counting\ndifficulty: 5\n" + REST,
    ),
    Code(
        "CL1009",
        "a file of the exercise that cannot be used",
        "Starter, solution, scenario and mutants are files in the folder of `exercise.yaml`, and\n"
        "named without a path.",
    ),
    Code(
        "CL1010",
        "edit marks that do not fit together",
        "What a student may edit stands between `// edit: begin NAME` and `// edit: end`, each on\n"
        "a line of its own. Regions have different names and do not overlap.",
    ),
    Code(
        "CL1011",
        "an expectation that means nothing in the exercise's scenario",
        "The lines of a check are put below the submission, so they must make sense below the\n"
        "solution: its names, its sections, its policies.",
    ),
    Code(
        "CL1012",
        "an answer to no question",
        "`answer.yaml` has one key for each question of the exercise, and a value that fits it.",
    ),
]
