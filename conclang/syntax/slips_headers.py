"""Slips in the first line of something: threads, objects, loops."""

from __future__ import annotations

from conclang.syntax.slips_sight import Edit, Mend, Sight

ATTRIBUTES = frozenset(
    "priority arrival on pinned burst deadline period tickets nice daemon".split()
)
BARE = ("YIELD", "BREAK", "CONTINUE", "PROCESS", "PROCESSOR", "LOOP", "SECTION")
COUNTED = ("semaphore", "channel", "barrier", "device")
TO = ("to", "until", "upto", "through")
OBJECTS = ("LOCK", "RWLOCK", "SEMAPHORE", "CONDITION", "BARRIER", "EVENT", "CHANNEL", "DEVICE")


# -------------------------------------------------------------------- threads


def thread_parentheses(see: Sight) -> Mend | None:
    """`thread p(5) {` and `thread p() {`."""
    at = see.at
    if see.kind(see.start) != "THREAD" or see.kind(at) != "LPAR" or at != see.start + 2:
        return None
    close = see.closing(at)
    if close < 0:
        return None
    name = see.word(at - 1)
    if close == at + 1:
        message = "a thread has no parameters"
        edit = Edit(at, close + 1)
        return see.mend("CL0256", see.span(at, close + 1), message, "leave out `()`", edit)
    inner = see.text(at + 1, close)
    edits = (Edit(close, close + 1, ("]",)), Edit(at, at + 1, ("[",)))
    if see.kind(close - 1) == "INT" and close == at + 2:
        help = f"for {inner} threads write `thread {name}[i in 0..{inner}]`"
    else:
        help = f"for several threads write `thread {name}[i in 0..n]`; a function takes arguments"
    message = "a thread has no parameters"
    return see.mend("CL0244", see.span(at, close + 1), message, help, *edits)


def thread_index(see: Sight) -> Mend | None:
    """`p[i in 5]`, `p[0..5]`, `p[i = 0..5]`."""
    at = see.at
    if see.kind(see.start) != "THREAD" or see.kind(see.start + 2) != "LSQB":
        return None
    close = see.closing(see.start + 2)
    if close < 0 or at > close or at < see.start + 3:
        return None
    kind, span = see.kind(at), see.span(see.start + 2, close + 1)
    message = "the threads of an array are numbered over a range"
    if kind == "RSQB" and see.kind(see.start + 4) == "IN":
        name, size = see.word(see.start + 3), see.text(see.start + 5, at)
        if size.startswith("range(") and size.endswith(")"):
            size = size[6:-1]
        edit = Edit(see.start + 5, see.start + 5, ("ERR", ".."))
        help = f"write `[{name} in 0..{size}]`"
        return see.mend("CL0244", span, message, help, edit)
    if kind == "DOTDOT":
        help = f"write `[i in {see.text(see.start + 3, close)}]`"
        return see.mend("CL0244", span, message, help, Edit(see.start + 3, at + 1))
    if kind in ("ASSIGN", "COLON") and see.is_name(at - 1):
        help = f"write `[{see.word(at - 1)} in {see.text(at + 1, close)}]`"
        return see.mend("CL0244", span, message, help, Edit(at, at + 1, ("in",)))
    return None


def attributes(see: Sight) -> Mend | None:
    """`thread a priority 3 {`, and a comma forgotten between two attributes."""
    at = see.at
    if see.kind(see.start) != "THREAD" or see.fresh or see.word(at) not in ATTRIBUTES:
        return None
    word = see.word(at)
    if see.has("WITH") >= 0:
        edit = Edit(at, at, (",",))
        message = "attributes are separated by commas"
        return see.mend("CL0245", see.span(at), message, f"write `, {word}`", edit)
    text = see.text(at, see.line_end(at))
    message = "attributes of a thread come after `with`"
    edit = Edit(at, at, ("with",))
    return see.mend("CL0245", see.span(at), message, f"write `with {text}`", edit)


# -------------------------------------------------------------------- objects


def empty_parentheses(see: Sight) -> Mend | None:
    """`lock m()`, `yield()`, `break()`."""
    at = see.at
    if see.kind(at) == "LPAR" and see.kind(at + 1) == "RPAR" and not see.fresh:
        first = at
    elif see.kind(at) == "RPAR" and see.kind(at - 1) == "LPAR" and at - 1 > see.start:
        first = at - 1
    else:
        return None
    if see.kind(see.start) not in (*OBJECTS, *BARE):
        return None
    edit = Edit(first, first + 2)
    message = f"`{see.word(see.start)}` takes no `()`"
    return see.mend("CL0256", see.span(first, first + 2), message, "leave out `()`", edit)


def object_value(see: Sight) -> Mend | None:
    """`semaphore s = 3`, `event e = false`, `lock m = Lock()`."""
    at = see.at
    if see.kind(see.start) not in OBJECTS or see.kind(at) not in ("ASSIGN", "LBRACE"):
        return None
    if see.context != "declaration" or see.fresh:
        return None
    kind, name = see.word(see.start), see.word(see.start + 1)
    if see.kind(at) == "LBRACE":
        if see.kind(see.start) != "LOCK":
            return None
        message = "a block that holds a lock belongs in a thread or function"
        help = f"here `lock {name}` declares the lock; move the block into a thread"
        return see.mend(
            "CL0248", see.span(see.start, at), message, help, Edit(see.start, at, ("ERR",))
        )
    stop = see.line_end(at)
    span = see.span(at, stop)
    article = "an" if kind == "event" else "a"
    message = f"{article} {kind} is not given its value with `=`"
    if kind in COUNTED and see.kind(at + 1) in (
        "INT",
        "NAME",
    ):
        value = see.text(at + 1, stop)
        if "(" not in value:
            edits = (Edit(stop, stop, (")",)), Edit(at, at + 1, ("(",)))
            return see.mend("CL0258", span, message, f"write `{kind} {name}({value})`", *edits)
    amount = "".join(c for c in see.text(at, stop) if c.isdigit())
    amount = amount or {"semaphore": "1", "barrier": "2"}.get(kind, "")
    shown = f"{kind} {name}({amount})" if amount and kind in COUNTED else f"{kind} {name}"
    return see.mend("CL0258", span, message, f"write `{shown}`", Edit(at, stop))


# ---------------------------------------------------------------------- loops


def for_header(see: Sight) -> Mend | None:
    """`for (…)`, `for i = 0; i < n; i++ {`, `for {`, `for x < 3 {`, `for i in 0 to 5 {`."""
    if see.kind(see.start) != "FOR" or see.fresh:
        return None
    for rule in (_for_three_parts, _for_parentheses, _for_other_loop, _for_range, _for_in):
        mend = rule(see)
        if mend:
            return mend
    return None


def _brace(see: Sight) -> int:
    """The `{` of this header, on the same line; -1 if there is none."""
    token = see.at
    while see.kind(token) not in ("LBRACE", "RBRACE", "$END"):
        token += 1
    same = see.kind(token) == "LBRACE" and see.reader.same_line(see.start, token)
    return token if same else -1


def _for_three_parts(see: Sight) -> Mend | None:
    brace = _brace(see)
    stop = brace if brace >= 0 else see.line_end(see.at)
    source = see.reader.text[see.reader.starts[see.start] : see.reader.ends[stop - 1]]
    if ";" not in source:
        return None
    name = next(
        (t for t in range(see.start + 1, stop) if see.is_name(t) and see.kind(t + 1) == "ASSIGN"),
        -1,
    )
    if name < 0:
        return None
    last = _for_limit(see, stop)
    help = f"write `for {see.word(name)} in 0..{last} {{ … }}`"
    edits = [Edit(see.start + 1, stop, (name, "in", "ERR"))]
    message = "there is no `for` with three parts"
    return see.mend("CL0229", see.span(see.start, stop), message, help, *edits)


def _for_limit(see: Sight, stop: int) -> str:
    """What the counter is compared with, for the help."""
    for token in range(see.start, stop - 1):
        if see.kind(token) in ("LESS", "LESS_EQUAL"):
            text = see.word(token + 1)
            return f"{text} + 1" if see.kind(token) == "LESS_EQUAL" else text
    return "n"


def _for_parentheses(see: Sight) -> Mend | None:
    at = see.at
    if see.kind(at) != "LPAR" or at != see.start + 1:
        return None
    close = see.closing(at)
    if close < 0 or not any(see.kind(t) == "IN" for t in range(at, close)):
        return None
    skip = at + 1
    while (see.is_name(skip) and see.is_name(skip + 1)) or see.kind(skip) == "LET":
        skip += 1
    help = f"write `for {see.text(skip, close)} {{ … }}`"
    edits = (Edit(close, close + 1), Edit(at, skip))
    message = "a `for` has no parentheses around it"
    return see.mend("CL0229", see.span(at, close + 1), message, help, *edits)


def _for_other_loop(see: Sight) -> Mend | None:
    at = see.at
    if see.kind(at) == "LBRACE" and at == see.start + 1:
        edit = Edit(see.start, see.start + 1, ("loop",))
        message = "an endless loop is written `loop`"
        return see.mend("CL0229", see.span(see.start), message, "write `loop { … }`", edit)
    signs = ("LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL", "EQUAL", "NOT_EQUAL")
    if see.kind(at) in signs or (see.kind(at) == "NOT" and at == see.start + 1):
        edit = Edit(see.start, see.start + 1, ("while",))
        text = see.text(see.start + 1, see.line_end(at))
        message = "a loop with a condition is written `while`"
        return see.mend(
            "CL0229", see.span(see.start), message, f"write `while {text} {{ … }}`", edit
        )
    return None


def _for_range(see: Sight) -> Mend | None:
    """`for i in 0 to 5`, `for i in 0:5`."""
    at = see.at
    if see.has("IN") < 0:
        return None
    if see.word(at) not in (*TO, ":") or see.ends(at + 1):
        return None
    first, last = see.text(see.start + 3, at), see.text(at + 1, see.line_end(at))
    edit = Edit(at, at + 1, ("..",))
    help = f"write `{first}..{last}`, which leaves out {last}"
    return see.mend("CL0229", see.span(at), "a range is written with two dots", help, edit)


def _for_in(see: Sight) -> Mend | None:
    """`for i of a`, `for i = a`, `for i, v in a`."""
    at = see.at
    if at != see.start + 2 or not see.is_name(at - 1):
        return None
    name, brace = see.word(at - 1), _brace(see)
    stop = brace if brace >= 0 else see.line_end(at)
    if see.kind(at) == "COMMA" and see.kind(at + 2) == "IN":
        message = "a `for` has one name"
        help = f"write `for {name} in 0..len(a)` and use `a[{name}]`"
        return see.mend("CL0229", see.span(at, at + 2), message, help, Edit(at, at + 2))
    if see.kind(at) in ("ASSIGN", "COLON") or see.word(at) in ("of", "from", "over"):
        to = next((t for t in range(at, stop) if see.word(t) in TO), -1)
        over = see.text(at + 1, stop)
        if to > 0:
            over = f"{see.text(at + 1, to)}..{see.text(to + 1, stop)}"
        help = f"write `for {name} in {over} {{ … }}`"
        message = f"after the name of a `for` stands `in`, not `{see.word(at)}`"
        edits = (Edit(to, to + 1, ("..",)),) if to > 0 else ()
        return see.mend("CL0229", see.span(at), message, help, *edits, Edit(at, at + 1, ("in",)))
    return None


def count_header(see: Sight) -> Mend | None:
    """`loop 3 {`, `repeat {`, `while {`, `repeat 3 times {`."""
    at = see.at
    start = see.kind(see.start)
    if start not in ("LOOP", "REPEAT", "WHILE") or see.fresh:
        return None
    if (
        start == "LOOP"
        and at == see.start + 1
        and see.kind(see.line_end(at)) == "LBRACE"
        and (see.kind(at) == "INT" or see.is_name(at))
    ):
        text = see.text(at, see.line_end(at))
        edit = Edit(see.start, at, ("repeat",))
        message = "`loop` goes on for ever; a number of rounds is written `repeat`"
        return see.mend(
            "CL0229", see.span(see.start), message, f"write `repeat {text} {{ … }}`", edit
        )
    if start in ("REPEAT", "WHILE") and see.kind(at) == "LBRACE" and at == see.start + 1:
        word = see.word(see.start)
        needs = "a number of rounds" if start == "REPEAT" else "a condition"
        edit = Edit(see.start, at, ("loop",))
        message = f"`{word}` needs {needs}"
        help = "write `loop { … }` to go on for ever"
        return see.mend("CL0229", see.span(see.start), message, help, edit)
    return None


def do_while(see: Sight) -> Mend | None:
    """`do { … } while (x)`."""
    at = see.at
    message = "there is no `do … while`"
    help = "write `loop { … if not c { break } }`"
    if see.word(see.start) == "do" and see.kind(at) == "LBRACE" and at == see.start + 1:
        see.reader.loops += 1
        edit = Edit(see.start, at, ("loop",))
        return see.mend("CL0229", see.span(see.start), message, help, edit)
    before = see.start - (2 if see.kind(see.start - 1) == "_SEP" else 1)
    tail = see.kind(see.start) == "WHILE" and see.kind(before) == "RBRACE"
    if tail and see.ends(at) and see.reader.loops:
        see.reader.loops -= 1
        return Mend("CL0229", None, (Edit(see.start, at, ("ERR",)),))
    return None


HEADER_RULES = (
    thread_parentheses,
    thread_index,
    attributes,
    empty_parentheses,
    object_value,
    for_header,
    count_header,
    do_while,
)
