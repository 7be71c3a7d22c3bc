"""Slips in statements that begin with a verb, ours or somebody else's, and go on differently."""

from __future__ import annotations

from conclang.syntax.slips_sight import Edit, Mend, Sight, closing_brace

SENDING = ("send", "put", "push", "emit", "publish")
RECEIVING = ("recv", "receive", "take", "get", "read_from")
PARALLEL = ("par", "parallel", "cobegin", "parbegin", "fork", "concurrently", "async_scope")
ENDING = ("exit", "quit", "stop", "abort", "kill", "cancel", "interrupt", "terminate")
WHENS = ("when", "await_until", "wait_until", "wait_for")
REMAINDER = {"mod": "%", "div": "/", "rem": "%", "xor": "!="}
RANGES = ("step", "by", "downto", "reversed")


def message(see: Sight) -> Mend | None:
    """`send ch 1`, `send 1 to ch`, `receive v from ch`, `let v = recv ch`."""
    start = see.start
    if see.context != "statement" or see.fresh:
        return None
    stop = see.line_end(see.at)
    words = [see.word(token) for token in range(start, stop)]
    edit = Edit(start, stop, ("ERR",))
    if words[0] in SENDING and see.at == start + 1 and len(words) >= 3:
        to = start + words.index("to") if "to" in words else -1
        if to > 0:
            meant = f"{see.text(to + 1, stop)} <- {see.text(start + 1, to)}"
        else:
            first = start + 3 if see.word(start + 2) == "," else start + 2
            meant = f"{words[1]} <- {see.text(first, stop)}"
        text = f"`{words[0]}` is written with an arrow"
        return see.mend("CL0223", see.span(start), text, f"write `{meant}`", edit)
    if words[0] in RECEIVING and see.at == start + 1 and see.is_name(start + 1):
        meant = f"<-{words[1]}"
        if len(words) == 4 and words[2] == "from":
            meant = f"let {words[1]} = <-{words[3]}"
        text = f"`{words[0]}` is written with an arrow"
        return see.mend("CL0223", see.span(start), text, f"write `{meant}`", edit)
    if see.word(see.at - 1) in RECEIVING and see.kind(see.at - 2) == "ASSIGN":
        if not see.is_name(see.at):
            return None
        text = f"`{see.word(see.at - 1)}` is written with an arrow"
        edit = Edit(see.at - 1, see.at, ("<-",))
        return see.mend("CL0223", see.span(see.at - 1), text, f"write `<-{see.word(see.at)}`", edit)
    return None


def parallel_block(see: Sight) -> Mend | None:
    """`par { … }`, `transaction { … }`, and a block without a header."""
    at = see.at
    if see.kind(at) != "LBRACE" or see.context != "statement":
        return None
    if see.word(see.start) in PARALLEL and at == see.start + 1:
        text = f"there is no `{see.word(see.start)}`: what goes on at once are threads"
        help = "declare `thread t { … }` at the top level, or `fn f() { … }` and write `spawn f()`"
    elif see.word(see.start) in ("transaction", "atomically", "begin") and at == see.start + 1:
        text = f"`{see.word(see.start)}` is written `atomic`"
        edit = Edit(see.start, at, ("atomic",))
        return see.mend("CL0223", see.span(see.start), text, "write `atomic { … }`", edit)
    elif see.fresh and see.kind(at - 1) in ("_SEP", "LBRACE"):
        text = "a block needs a word before it that says what it is for"
        help = "leave out the braces, or write `section NAME { … }`"
        edits = [Edit(at, at, ("atomic",))]
        return see.mend("CL0201", see.span(at), text, help, *edits)
    else:
        return None
    edit = Edit(see.start, closing_brace(see, at), ("ERR",))
    return see.mend("CL0239", see.span(see.start), text, help, edit)


def ending(see: Sight) -> Mend | None:
    """`exit 1`, `kill t`."""
    if see.context != "statement" or see.word(see.start) not in ENDING or see.at != see.start + 1:
        return None
    if not (see.is_name(see.at) or see.kind(see.at) in ("INT", "STRING")):
        return None
    text = f"there is no `{see.word(see.start)}`: a thread ends where its block ends"
    help = "let it look at a variable that says so: `while not done { … }`"
    edit = Edit(see.start, see.line_end(see.at), ("ERR",))
    return see.mend("CL0230", see.span(see.start), text, help, edit)


def waiting(see: Sight) -> Mend | None:
    """`wait until x == 1`, `when x == 1 { … }`, `wait c with m`, `wait c m`."""
    at, start = see.at, see.start
    if see.context != "statement" or see.fresh:
        return None
    until = see.kind(start) == "WAIT" and see.word(start + 1) in ("until", "for", "while", "till")
    if (until and at == start + 2) or (see.word(start) in WHENS and at == start + 1):
        stop = see.line_end(at)
        end = closing_brace(see, stop) if see.kind(stop) == "LBRACE" else stop
        text = "a thread waits for what others signal, not for a condition"
        help = f"write `while not ({see.text(at, stop)}) {{ wait c }}` with a `condition c`"
        edit = Edit(start, end, ("ERR",))
        return see.mend("CL0230", see.span(start, at), text, help, edit)
    if see.kind(start) != "WAIT" or at != start + 2:
        return None
    if see.kind(at) in ("WITH", "COMMA") or (see.is_name(at) and see.ends(at + 1)):
        stop = see.line_end(at)
        text = "`wait` gives up the lock that is held innermost"
        help = f"leave out `{see.text(at, stop)}`"
        return see.mend("CL0252", see.span(at), text, help, Edit(at, stop))
    return None


def taking(see: Sight) -> Mend | None:
    """`acquire m { … }`, `try_acquire m { … }`, `acquire lock m`, `if try_lock m {`."""
    at, start = see.at, see.start
    if see.context != "statement" or see.fresh:
        return None
    if see.kind(at) == "LBRACE" and see.kind(start) == "ACQUIRE":
        name = see.text(start + 1, at)
        text = "`acquire` has no block; `lock` holds a lock for one"
        edit = Edit(start, start + 1, ("lock",))
        return see.mend("CL0233", see.span(start), text, f"write `lock {name} {{ … }}`", edit)
    if see.kind(at) == "LBRACE" and see.kind(start) == "TRY_ACQUIRE":
        name = see.text(start + 1, at)
        text = "`try_acquire` says whether it went well"
        edit = Edit(start, start, ("if",))
        help = f"write `if try_acquire {name} {{ … }}`"
        return see.mend("CL0227", see.span(start), text, help, edit)
    if see.kind(at) == "LOCK" and see.kind(start) in ("ACQUIRE", "RELEASE") and at == start + 1:
        help = f"write `{see.word(start)} {see.word(at + 1)}`"
        text = "the kind of an object is said in its declaration only"
        return see.mend("CL0256", see.span(at), text, help, Edit(at, at + 1))
    if see.word(at - 1) in ("try_lock", "trylock", "tryLock") and see.is_name(at):
        help = f"write `try_acquire {see.word(at)}`"
        text = f"`{see.word(at - 1)}` is called `try_acquire` here"
        edit = Edit(at - 1, at, ("try_acquire",))
        return see.mend("CL0223", see.span(at - 1), text, help, edit)
    return None


def needless_async(see: Sight) -> Mend | None:
    """`async with m {`, `async for v in ch {`, `await sleep(1)`."""
    at = see.at
    if see.kind(at - 1) == "ASYNC" and see.kind(at) in ("WITH", "FOR") and at - 1 == see.start:
        text = "`async` starts a function; everything else parks a task by itself"
        help = "leave out `async`"
        return see.mend("CL0230", see.span(at - 1), text, help, Edit(at - 1, at))
    if see.kind(at - 1) == "AWAIT" and see.kind(at) in ("SLEEP", "IO", "YIELD"):
        text = f"`{see.word(at)}` parks a task by itself"
        return see.mend("CL0230", see.span(at - 1), text, "leave out `await`", Edit(at - 1, at))
    return None


def word_operator(see: Sight) -> Mend | None:
    """`x mod 2`, `0..3 step 2`, `x as int`."""
    at, word = see.at, see.word(see.at)
    if see.fresh or see.kind(at) != "NAME":
        return None
    if word in REMAINDER and not see.ends(at + 1):
        meant = REMAINDER[word]
        edit = Edit(at, at + 1, (meant,))
        return see.mend(
            "CL0213", see.span(at), f"`{word}` is written `{meant}`", f"write `{meant}`", edit
        )
    if word in RANGES and see.kind(see.start) == "FOR":
        text = "a range has no step"
        help = "write `0..n` and work out the number from that: `let k = i * step`"
        return see.mend("CL0236", see.span(at), text, help, Edit(at, see.line_end(at)))
    if word == "as" and see.kind(see.start) in ("LET", "SHARED", "NAME") and see.is_name(at + 1):
        text = "types are not written: they follow from the values"
        help = f"leave out `{see.text(at, at + 2)}`"
        return see.mend("CL0225", see.span(at, at + 2), text, help, Edit(at, at + 2))
    return None


def loop_label(see: Sight) -> Mend | None:
    """`outer: loop {`, `break outer`, `break 2`."""
    at, start = see.at, see.start
    loops = ("LOOP", "WHILE", "FOR", "REPEAT")
    if see.kind(at) == "COLON" and at == start + 1 and see.kind(at + 1) in loops:
        help = "leave it out; a variable can say that the outer loop should end"
        return see.mend(
            "CL0230", see.span(start, at + 1), "loops have no names", help, Edit(start, at + 1)
        )
    if see.kind(start) not in ("BREAK", "CONTINUE") or at != start + 1:
        return None
    if see.kind(at) != "INT" and not (see.is_name(at) and see.ends(at + 1)):
        return None
    text = f"`{see.word(start)}` is about the innermost loop"
    help = f"leave out `{see.word(at)}`; a variable can say that the outer loop should end"
    return see.mend("CL0230", see.span(at), text, help, Edit(at, at + 1))


def arm(see: Sight) -> Mend | None:
    """`select { <-ch { } }`, `select { else { } }`."""
    at = see.at
    if see.context != "arm" and not (see.fresh and see.reader.context() == "arm"):
        return None
    if see.kind(at) == "ELSE" and see.fits("DEFAULT"):
        text = "what happens if no arm is ready is said with `default`"
        return see.mend(
            "CL0207", see.span(at), text, "write `default { … }`", Edit(at, at + 1, ("default",))
        )
    if see.fits("CASE") and (see.kind(at) == "ARROW" or see.is_name(at) or see.kind(at) == "LPAR"):
        if see.is_name(at) and see.kind(at + 1) not in ("ARROW", "ASSIGN"):
            return None
        text = "an arm of `select` begins with `case`"
        help = f"write `case {see.text(at, see.line_end(at))} {{ … }}`"
        return see.mend("CL0207", see.span(at), text, help, Edit(at, at, ("case",)))
    return None


def local_array(see: Sight) -> Mend | None:
    """`let a[3] = 0`, `let a = [0; 3]`, `let [a, b] = t`."""
    at = see.at
    if see.kind(see.start) != "LET":
        return None
    if see.kind(at) == "LSQB" and at == see.start + 2 and see.closing(at) > 0:
        help = f"write `let {see.word(at - 1)} = [0, 0, 0]`, with all its values"
        edit = Edit(at, see.closing(at) + 1)
        return see.mend("CL0201", see.span(at), "a local array is given its values", help, edit)
    if see.kind(at) == "LSQB" and at == see.start + 1 and see.closing(at) > 0:
        close = see.closing(at)
        help = f"write `let ({see.text(at + 1, close)}) = …`"
        edits = (Edit(close, close + 1, (")",)), Edit(at, at + 1, ("(",)))
        return see.mend(
            "CL0252", see.span(at), "several names are written in parentheses", help, *edits
        )
    return None


def several_started(see: Sight) -> Mend | None:
    """`spawn f(1), f(2)`."""
    at = see.at
    if see.kind(at) != "COMMA" or see.kind(see.start) not in ("SPAWN", "GO", "ASYNC"):
        return None
    stop, word = see.line_end(at), see.word(see.start)
    if see.reader._open_bracket("(") >= 0:
        return None
    help = f"write `{word} {see.text(at + 1, stop)}` in a statement of its own"
    return see.mend("CL0252", see.span(at), f"`{word}` starts one at a time", help, Edit(at, stop))


VERB_RULES = (
    message,
    parallel_block,
    ending,
    waiting,
    taking,
    needless_async,
    word_operator,
    loop_label,
    arm,
    local_array,
    several_started,
)
