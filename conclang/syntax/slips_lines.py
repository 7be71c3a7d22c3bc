"""Slips in whole lines at the top level: declarations without a name, without `=`, in disguise."""

from __future__ import annotations

from conclang.syntax.keywords import FLAWS, MODES
from conclang.syntax.slips_sight import Edit, Mend, Sight, closing_brace

NAMED = {
    "THREAD": ("a thread", "thread t { … }"),
    "PROCESS": ("a process", "process web { … }"),
    "PROCESSOR": ("a processor", "processor cpu { … }"),
    "RUNTIME": ("a runtime", "runtime pool { … }"),
    "FN": ("a function", "fn f(a) { … }"),
}
SETTINGS = ("cores", "scheduler", "switch_cost", "migration_cost", "cost")
# Words that other tools begin a claim with → what stands behind `expect`.
CLAIMS = {
    "invariant": "always ", "assume": "always ", "ensure": "always ", "ensures": "always ",
    "property": "always ", "claim": "always ", "always": "always ", "never": "never ",
    "finally": "finally ", "eventually": "eventually ", "check": "", "verify": "", "no": "no ",
    "assert_no": "no ",
}  # fmt: skip


def no_name(see: Sight) -> Mend | None:
    """`thread {`, `thread 3 {`, `processor { … }`, `fn (a) {`."""
    at, kind = see.at, see.kind(see.start)
    if kind not in NAMED or at != see.start + 1 or see.is_name(at):
        return None
    what, example = NAMED[kind]
    if see.kind(at) not in ("LBRACE", "LPAR", "INT", "STRING", "WITH"):
        return None
    brace = see.line_end(at)
    if see.kind(brace) != "LBRACE":
        return None
    help = f"write `{example}`"
    edit = Edit(see.start, brace, ("ERR",))
    return see.mend("CL0201", see.span(at), f"{what} needs a name", help, edit)


def unnamed_kind(see: Sight) -> Mend | None:
    """`main { … }`, `main() { … }`."""
    at, brace = see.start + 1, see.line_end(see.start)
    if see.context != "declaration" or see.kind(see.start) != "NAME" or see.at > at:
        return None
    if see.kind(at) == "LPAR" and see.kind(at + 1) == "RPAR" and brace == at + 2:
        at = brace
    if see.kind(at) != "LBRACE" or not see.reader.same_line(see.start, at):
        return None
    word = see.word(see.start)
    message = f"this does not say what `{word}` is"
    help = f"write `thread {word} {{ … }}` for a thread, `fn {word}() {{ … }}` for a function"
    if word in ("cpu", "chip", "machine"):
        help = f"write `processor {word} {{ … }}`"
        edit = Edit(see.start, see.start, ("PROCESSOR",))
    else:
        edit = Edit(see.start, see.start, ("thread",))
    edits = (Edit(see.start + 1, at), edit) if at > see.start + 1 else (edit,)
    return see.mend("CL0248", see.span(see.start), message, help, *edits)


def no_equals(see: Sight) -> Mend | None:
    """`const n 3`, `shared x 0`, `let y 3`."""
    at = see.at
    if see.kind(see.start) not in ("CONST", "SHARED", "LET") or at != see.start + 2:
        return None
    if see.kind(at) not in ("INT", "TRUE", "FALSE", "STRING"):
        return None
    word, name = see.word(see.start), see.word(at - 1)
    help = f"write `{word} {name} = {see.text(at, see.line_end(at))}`"
    message = "between a name and its value stands `=`"
    return see.mend("CL0242", see.span(at), message, help, Edit(at, at, ("=",)))


def no_parentheses(see: Sight) -> Mend | None:
    """`semaphore s 3`, `channel c of int`, `channel<int> c`, `runtime pool(2)`, `fn f {`."""
    at, kind, name = see.at, see.kind(see.start), see.word(see.start + 1)
    if kind in ("SEMAPHORE", "CHANNEL", "BARRIER", "DEVICE") and see.context == "declaration":
        return _amount(see, at, see.word(see.start), name)
    if kind == "RUNTIME" and see.kind(at) == "LPAR" and see.closing(at) == at + 2:
        help = f"write `runtime {name} {{ workers {see.word(at + 1)} }}`"
        edits = (Edit(at, at + 3, ("{", "}")),)
        return see.mend(
            "CL0258", see.span(at, at + 3), "a runtime is told in a block", help, *edits
        )
    if kind == "FN" and at == see.start + 2 and see.kind(at) == "LBRACE":
        message = "the parameters of a function stand in parentheses, also if there are none"
        edit = Edit(at, at, ("(", ")"))
        return see.mend("CL0201", see.span(at), message, f"write `fn {name}() {{ … }}`", edit)
    return None


def _amount(see: Sight, at: int, word: str, name: str) -> Mend | None:
    if see.kind(at) == "INT" and at == see.start + 2 and see.ends(at + 1):
        edits = (Edit(at + 1, at + 1, (")",)), Edit(at, at, ("(",)))
        help = f"write `{word} {name}({see.word(at)})`"
        return see.mend("CL0258", see.span(at), "the number stands in parentheses", help, *edits)
    if see.word(at) == "of" or (see.kind(at) == "LESS" and at == see.start + 1):
        stop = at + 1
        while not see.ends(stop) and see.kind(stop - 1) != "GREATER" and stop < at + 4:
            stop += 1
        message = "types are not written: they follow from the values"
        help = f"leave out `{see.text(at, stop)}`"
        return see.mend("CL0225", see.span(at, stop), message, help, Edit(at, stop))
    return None


def several_threads(see: Sight) -> Mend | None:
    """`thread t * 3 {`, `thread a, b {`."""
    at, brace = see.at, see.line_end(see.at)
    if see.kind(see.start) != "THREAD" or at != see.start + 2 or see.kind(brace) != "LBRACE":
        return None
    name = see.word(at - 1)
    if see.kind(at) == "STAR":
        count = see.text(at + 1, brace)
        help = f"write `thread {name}[i in 0..{count}] {{ … }}`"
        message = "several threads alike are numbered over a range"
        return see.mend("CL0244", see.span(at, brace), message, help, Edit(at, brace))
    if see.kind(at) == "COMMA":
        message = "one declaration makes one thing"
        help = f"write a `thread` for each, or `thread {name}[i in 0..2] {{ … }}`"
        return see.mend("CL0252", see.span(at), message, help, Edit(at, brace))
    return None


def attribute_parentheses(see: Sight) -> Mend | None:
    """`thread t with (priority 3) {`."""
    at = see.at
    if see.kind(see.start) != "THREAD" or see.kind(at) != "LPAR" or see.kind(at - 1) != "WITH":
        return None
    close = see.closing(at)
    if close < 0:
        return None
    help = f"write `with {see.text(at + 1, close)}`"
    edits = (Edit(close, close + 1), Edit(at, at + 1))
    return see.mend("CL0245", see.span(at), "attributes stand without parentheses", help, *edits)


def lone_setting(see: Sight) -> Mend | None:
    """`cores 2` at the top level, and `processor cpu cores 2`."""
    at, word = see.at, see.word(see.at)
    if word not in SETTINGS:
        return None
    stop = see.line_end(at)
    text = see.text(at, stop)
    if see.context == "declaration" and (see.fresh or at == see.start):
        help = f"write `processor cpu {{ {text} }}`"
        edit = Edit(at, stop, ("ERR",))
        return see.mend("CL0248", see.span(at), f"`{word}` belongs in a processor", help, edit)
    if see.kind(see.start) == "PROCESSOR" and at == see.start + 2 and see.ends(stop):
        help = f"write `{see.text(see.start, at)} {{ {text} }}`"
        message = "settings stand between `{` and `}`"
        edits = (Edit(stop, stop, ("}",)), Edit(at, at, ("{",)))
        return see.mend("CL0227", see.span(at), message, help, *edits)
    return None


def unquoted_title(see: Sight) -> Mend | None:
    """`scenario Dining`."""
    at = see.at
    if see.kind(see.start) != "SCENARIO" or at != see.start + 1 or not see.is_name(at):
        return None
    stop = see.line_end(at)
    help = f'write `scenario "{see.text(at, stop)}"`'
    edit = Edit(at, stop, ("STRING",))
    return see.mend("CL0241", see.span(at), "a title stands in double quotes", help, edit)


def quoted_policy(see: Sight) -> Mend | None:
    """`scheduler "fifo"`."""
    at = see.at
    if see.kind(at) != "STRING" or see.kind(at - 1) != "SCHEDULER":
        return None
    name = see.word(at).strip('"')
    see.reader.builder.meant[see.reader.starts[at]] = name
    help = f"write `scheduler {name}`"
    edit = Edit(at, at + 1, ("NAME",))
    return see.mend("CL0246", see.span(at), "a policy is written without quotes", help, edit)


def title_block(see: Sight) -> Mend | None:
    """`scenario "x" { … }`."""
    at = see.at
    if see.kind(see.start) != "SCENARIO" or see.kind(at) != "LBRACE" or at != see.start + 2:
        return None
    close = closing_brace(see, at) - 1
    edits = [Edit(at, at + 1, ("_SEP",))]
    if see.kind(close) == "RBRACE":
        edits.insert(0, Edit(close, close + 1))
    message = "the title has no block: everything in the file belongs to it"
    help = "leave out this `{` and its `}`"
    return see.mend("CL0241", see.span(at), message, help, *edits)


def function_header(see: Sight) -> Mend | None:
    """`fn f(a) = a + 1`, `fn f(a=1) {`, `fn f(*a) {`."""
    at = see.at
    if see.kind(see.start) != "FN" or see.fresh:
        return None
    if see.kind(at) == "ASSIGN" and see.kind(at - 1) == "RPAR":
        stop = see.line_end(at)
        header, value = see.text(see.start, at), see.text(at + 1, stop)
        new = ("{", "return", *range(at + 1, stop), "}")
        help = f"write `{header} {{ return {value} }}`"
        message = "the body of a function is a block"
        return see.mend("CL0227", see.span(at), message, help, Edit(at, stop, new))
    if see.kind(at) == "ASSIGN" and see.is_name(at - 1):
        message = "a parameter has no value of its own"
        help = "leave it out, and pass every argument"
        return see.mend("CL0259", see.span(at, at + 2), message, help, Edit(at, at + 2))
    if see.kind(at) == "STAR" and see.kind(at - 1) in ("LPAR", "COMMA", "STAR"):
        message = "a function takes exactly the arguments that it names"
        return see.mend("CL0259", see.span(at), message, "leave out the `*`", Edit(at, at + 1))
    return None


def async_function(see: Sight) -> Mend | None:
    """`async def f():`."""
    at = see.start
    if see.kind(at) != "ASYNC" or see.word(at + 1) not in ("def", "func", "function"):
        return None
    if see.context != "declaration":
        return None
    message = f"a function is declared with `fn`, not with `{see.text(at, at + 2)}`"
    help = f"write `fn {see.word(at + 2)}(…) {{ … }}`; whoever wants it so starts it with `async`"
    return see.mend("CL0222", see.span(at, at + 2), message, help, Edit(at, at + 2, ("fn",)))


def claim(see: Sight) -> Mend | None:
    """`invariant x == 1`, `never x > 1`, `no deadlock`: an `expect` line without its `expect`."""
    word, stop = see.word(see.start), see.line_end(see.start)
    if see.context != "declaration" or word not in CLAIMS or see.at > see.start + 2:
        return None
    if see.kind(stop) == "LBRACE" or see.kind(see.start + 1) in ("ASSIGN", "LPAR", "DOT"):
        return None
    rest = see.text(see.start + 1, stop)
    edit = Edit(see.start, stop, ("ERR",))
    flaw = rest in FLAWS and word != "no"
    mode = "no " if flaw else CLAIMS[word]
    if rest.split(" ", 1)[0] in (*MODES, "no"):
        mode = ""
    message = "what should hold is said with `expect`"
    return see.mend("CL0251", see.span(see.start), message, f"write `expect {mode}{rest}`", edit)


def other_comment(see: Sight) -> Mend | None:
    """`-- words`, `% words`, and a text on a line of its own, at the top level."""
    at = see.at
    if see.context != "declaration" or not see.fresh:
        return None
    double = see.kind(at) == "MINUS" and see.kind(at + 1) == "MINUS" and see.adjacent(at + 1)
    if not double and see.kind(at) not in ("PERCENT", "STRING"):
        return None
    edit = Edit(at, see.line_end(at), ("ERR",))
    return see.mend("CL0118", see.span(at), "a comment starts with `//`", "write `//`", edit)


LINE_RULES = (
    no_name,
    unnamed_kind,
    no_equals,
    no_parentheses,
    several_threads,
    attribute_parentheses,
    lone_setting,
    quoted_policy,
    title_block,
    unquoted_title,
    function_header,
    async_function,
    claim,
    other_comment,
)
