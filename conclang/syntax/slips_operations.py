"""Slips in what is done with threads, tasks, devices and other objects."""

from __future__ import annotations

from conclang.syntax.slips_sight import Edit, Mend, Sight

OPERATIONS = {
    "acquire": "a lock or semaphore", "release": "a lock or semaphore",
    "wait": "a condition, event or barrier", "signal": "a condition or event",
    "broadcast": "a condition", "reset": "an event", "close": "a channel", "join": "a thread",
    "section": "a section", "read": "a rwlock", "write": "a rwlock",
}  # fmt: skip
STARTS = ("SPAWN", "GO", "ASYNC")
AFTER_NAME = ("ASSIGN", "PLUS_ASSIGN", "MINUS_ASSIGN", "STAR_ASSIGN", "DOT", "ARROW")


def started_thread(see: Sight) -> Mend | None:
    """`let t = thread f()`, `spawn thread f()`."""
    at = see.at
    if see.kind(at) != "THREAD" or see.fresh or see.context != "statement":
        return None
    if see.kind(at - 1) in STARTS:
        message = "`thread` is not needed here"
        return see.mend("CL0239", see.span(at), message, "leave it out", Edit(at, at + 1))
    help = f"write `spawn {see.word(at + 1)}(…)`"
    message = "a thread is started with `spawn`"
    return see.mend("CL0239", see.span(at), message, help, Edit(at, at + 1, ("spawn",)))


def started_body(see: Sight) -> Mend | None:
    """`go func() { … }()`, `spawn { … }`."""
    start = see.has_any(STARTS)
    if start < 0:
        return None
    function = see.word(start + 1) in ("func", "function", "fn", "lambda", "move")
    if not function and (see.kind(start + 1) != "LBRACE" or see.at != start + 1):
        return None
    word = see.word(start)
    message = f"`{word}` starts a function that has a name"
    help = f"declare `fn f() {{ … }}` at the top and write `{word} f()`"
    brace = start
    while see.kind(brace) not in ("LBRACE", "_SEP", "RBRACE", "$END"):
        brace += 1
    edits = [Edit(see.start, brace, ("ERR",))]
    close = _behind_block(see, brace)
    if see.kind(close) == "LPAR" and see.kind(close + 1) == "RPAR":
        edits.insert(0, Edit(close, close + 2))
    return see.mend("CL0239", see.span(start), message, help, *edits)


def started_call(see: Sight) -> Mend | None:
    """`spawn(f, 1)`, `go(f(1))`."""
    at = see.at
    if see.kind(at) != "LPAR" or see.kind(at - 1) not in STARTS or not see.is_name(at + 1):
        return None
    close = see.closing(at)
    if close < 0:
        return None
    word, name = see.word(at - 1), see.word(at + 1)
    rest = see.text(at + 3, close) if see.kind(at + 2) == "COMMA" else ""
    if see.kind(at + 2) == "LPAR":
        rest = see.text(at + 3, close - 1)
        edits = (Edit(close, close + 1), Edit(at, at + 1))
    elif rest:
        edits = (Edit(at + 2, at + 3, ("(",)), Edit(at, at + 1))
    else:
        edits = (Edit(at + 2, close, ("(",)), Edit(at, at + 1))
    help = f"write `{word} {name}({rest})`"
    message = f"`{word}` is followed by the call"
    return see.mend("CL0239", see.span(at), message, help, *edits)


def _behind_block(see: Sight, brace: int) -> int:
    depth = 0
    for token in range(brace, len(see.reader.kinds)):
        kind = see.kind(token)
        depth += (kind == "LBRACE") - (kind == "RBRACE")
        if depth == 0:
            return token + 1
    return len(see.reader.kinds) - 1


def needless_parentheses(see: Sight) -> Mend | None:
    """`try_acquire(m)`, `acquire (read t)`."""
    at = see.at
    if see.kind(at) != "LPAR" or see.kind(at - 1) != "TRY_ACQUIRE":
        return None
    close = see.closing(at)
    if close < 0:
        return None
    inner = see.text(at + 1, close)
    edits = (Edit(close, close + 1), Edit(at, at + 1))
    message = "`try_acquire` is written without parentheses"
    return see.mend(
        "CL0231", see.span(at, close + 1), message, f"write `try_acquire {inner}`", *edits
    )


def io_device(see: Sight) -> Mend | None:
    """`io disk 10`, `io 10 disk`."""
    at = see.at
    if see.kind(see.start) != "IO" or at < see.start + 2 or see.fresh:
        return None
    stop = see.line_end(at)
    if see.is_name(see.start + 1) and at == see.start + 2 and not see.ends(at):
        device, ticks = see.word(see.start + 1), see.text(at, stop)
        if see.kind(at) in ("ON", "LPAR", "LSQB", "DOT"):
            return None
        moved = tuple(range(at, stop))
        skip = 1 if see.kind(at) == "COMMA" else 0
        edit = Edit(see.start + 1, stop, (*moved[skip:], "on", see.start + 1))
        help = f"write `io {ticks.lstrip(', ')} on {device}`"
        message = "the ticks come first, then the device"
        return see.mend("CL0234", see.span(see.start + 1, stop), message, help, edit)
    if see.is_name(at) and at + 1 == stop:
        help = f"write `{see.text(see.start, at)} on {see.word(at)}`"
        edit = Edit(at, at, ("on",))
        return see.mend("CL0234", see.span(at), "before the device stands `on`", help, edit)
    return None


def no_first_value(see: Sight) -> Mend | None:
    """`let x`."""
    if see.kind(see.start) != "LET" or see.at != see.start + 2 or not see.ends(see.at):
        return None
    name = see.word(see.start + 1)
    edit = Edit(see.at, see.at, ("=", "ERR"))
    message = "this variable has no first value"
    return see.mend("CL0242", see.span(see.start, see.at), message, f"write `let {name} = 0`", edit)


def operand(see: Sight) -> Mend | None:
    """`acquire 3`, `section { }`, `wait "x"`."""
    at, word = see.at, see.word(see.start)
    if at != see.start + 1 or word not in OPERATIONS or see.kind(at) in (*AFTER_NAME, "LPAR"):
        return None
    if see.context != "statement" or see.ends(at) or see.is_name(at):
        return None
    what = "a name of its own" if word == "section" else f"the name of {OPERATIONS[word]}"
    stop = see.line_end(at)
    edit = Edit(see.start, stop, ("ERR",))
    help = f"write `{word} NAME`"
    return see.mend("CL0201", see.span(at), f"after `{word}` stands {what}", help, edit)


def needless_word(see: Sight) -> Mend | None:
    """`wait for c`, `sleep for 10`, `sleep 10 ticks`."""
    at = see.at
    if see.kind(see.start) not in ("WAIT", "SLEEP", "WORK", "IO", "JOIN") or see.fresh:
        return None
    word = see.word(at)
    unit = word in ("tick", "ticks", "ms", "s", "seconds", "units", "us") and see.ends(at + 1)
    if not unit and not (word in ("for", "on", "until") and at == see.start + 1):
        return None
    message = f"there is no `{word}` after `{see.text(see.start, at)}`"
    return see.mend("CL0230", see.span(at), message, f"leave out `{word}`", Edit(at, at + 1))


def made_channel(see: Sight) -> Mend | None:
    """`make(chan int, 4)`."""
    at = see.at
    opener = at - 2 if see.word(at - 1) == "chan" else -1
    if opener < 0 or see.kind(opener) != "LPAR" or see.word(opener - 1) not in ("make", "new"):
        return None
    close = see.closing(opener)
    if close < 0:
        return None
    capacity = see.text(close - 1, close) if see.kind(close - 2) == "COMMA" else ""
    shown = f"channel c({capacity})" if capacity else "channel c"
    help = f"declare it outside of threads: `{shown}`"
    edit = Edit(opener - 1, close + 1, ("ERR",))
    span = see.span(opener - 1, close + 1)
    return see.mend("CL0223", span, "a channel is declared, not made", help, edit)


OPERATION_RULES = (
    no_first_value,
    made_channel,
    needless_parentheses,
    io_device,
    started_thread,
    started_body,
    started_call,
    needless_word,
    operand,
)
