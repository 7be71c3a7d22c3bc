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
    Code(
        "CL0110",
        "a character that no construct contains",
        "The language is written with letters, digits, `_` and a few signs. Other characters may\n"
        "stand in strings and comments only. Text copied from a web page often brings typographic\n"
        "quotes, dashes or invisible spaces with it.",
        wrong="shared count = 0\nthread a { count = 1 ¤ }\n",
        right="shared count = 0\nthread a { count = 1 }\n",
    ),
    Code(
        "CL0111",
        "a string that does not end",
        'A string starts and ends with `"` on the same line. Write `\\n` for a line break in it.',
        wrong='thread a {\n  print "hello\n}\n',
        right='thread a {\n  print "hello"\n}\n',
    ),
    Code(
        "CL0112",
        "an unknown escape in a string",
        'A backslash in a string starts an escape: `\\n`, `\\t`, `\\"` or `\\\\`. Any other\n'
        "letter after it means nothing; write the backslash twice to have one in the text.",
        wrong='thread a { print "C:\\dir" }\n',
        right='thread a { print "C:\\\\dir" }\n',
    ),
    Code(
        "CL0113",
        "a malformed number",
        "Numbers are whole and decimal: `0`, `42`, `1_000_000`. A letter cannot follow directly.\n"
        "Decimal points are for `expect timed` lines only.",
        wrong="const size = 12kb\nthread a { work size }\n",
        right="const size = 12\nthread a { work size }\n",
    ),
    Code(
        "CL0114",
        "a number that is too large",
        "Values are 64-bit signed integers: from -9223372036854775808 to 9223372036854775807.",
        wrong="const big = 99999999999999999999\nthread a { work big }\n",
        right="const big = 9223372036854775807\nthread a { work big }\n",
    ),
    Code(
        "CL0115",
        "nested too deeply",
        "Brackets and blocks may be nested 200 deep, chains of `else if` or operators likewise.\n"
        "No scenario that a person reads needs more; give parts of it a name or a function.",
        wrong="const n = " + "(" * 201 + "1" + ")" * 201 + "\nthread a { work n }\n",
        right="const n = ((1))\nthread a { work n }\n",
    ),
    Code(
        "CL0116",
        "a string in single quotes",
        'Strings are written with double quotes: `"text"`.',
        wrong="thread a { print 'hello' }\n",
        right='thread a { print "hello" }\n',
    ),
    Code(
        "CL0117",
        "a lone brace in a text",
        "In `print` and assert messages `{…}` holds an expression whose value is put in. Write\n"
        "`{{` or `}}` for a brace that is just a brace.",
        wrong='thread a { print "set }" }\n',
        right='thread a { print "set }}" }\n',
    ),
    Code(
        "CL0118",
        "a comment sign of another language",
        "Comments start with `//` and go to the end of the line. There is no `#` and no `/* … */`.",
        wrong="# the counter\nshared count = 0\nthread a { count = 1 }\n",
        right="// the counter\nshared count = 0\nthread a { count = 1 }\n",
    ),
]
