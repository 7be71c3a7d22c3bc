"""Area 01: what can be wrong with a file before its words are read."""

from __future__ import annotations

from conclang.diagnostics.codes.code import Code

CODES = [
    Code(
        "CL0101",
        "no such file",
        "The file named on the command line does not exist. The path is taken from the folder the\n"
        "command is started in.",
    ),
    Code(
        "CL0102",
        "a directory where a file is wanted",
        "A scenario is one file that ends in `.cl`. `conclang check` takes folders too and checks\n"
        "every scenario in them; the other commands take one file.",
    ),
    Code(
        "CL0103",
        "no permission to read the file",
        "The operating system does not let you read this file. Its owner can change that, for\n"
        "example with `chmod u+r FILE`.",
    ),
    Code(
        "CL0104",
        "the file cannot be read",
        "Reading failed in a way that has nothing to do with the scenario; the message says what\n"
        "the operating system answered.",
    ),
    Code(
        "CL0105",
        "the file is not UTF-8",
        "Scenario files are text in UTF-8, the encoding every editor offers. The caret stands at\n"
        "the first byte that makes no character in it.",
    ),
    Code(
        "CL0106",
        "the file is too large",
        "A scenario describes a small system; a file this large was surely not meant as one.",
    ),
]
