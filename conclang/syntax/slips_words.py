"""Slips that show as a word: other languages' keywords, misspelt ones, and ones used as names."""

from __future__ import annotations

from conclang.diagnostics.spelling import suggestion
from conclang.syntax.keywords import (
    DECLARATION_STARTS,
    RESERVED,
    STATEMENT_STARTS,
)
from conclang.syntax.slips_sight import Edit, Mend, Sight

FUNCTION_WORDS = frozenset("def func function fun proc procedure sub method void".split())
TYPE_WORDS = frozenset(
    "int bool boolean long short float double string str char i32 i64 u32 u64 usize uint number "
    "var let mut val auto static global local dim final volatile Int String".split()
)
OBJECT_WORDS = {
    "mutex": "lock", "Mutex": "lock", "Lock": "lock", "monitor": "lock", "spinlock": "lock",
    "RWLock": "rwlock", "RwLock": "rwlock", "rwmutex": "rwlock", "RWMutex": "rwlock",
    "sem": "semaphore", "Semaphore": "semaphore", "cond": "condition", "Condition": "condition",
    "condvar": "condition", "Condvar": "condition", "Cond": "condition", "Barrier": "barrier",
    "Event": "event", "flag": "event", "chan": "channel", "Channel": "channel", "queue": "channel",
    "Queue": "channel", "cpu": "processor", "chip": "processor", "Thread": "thread",
    "goroutine": "thread", "title": "scenario", "module": "process", "require": "expect",
    "pool": "runtime", "executor": "runtime",
}  # fmt: skip
VERB_WORDS = {
    "unlock": "release", "notify": "signal", "wake": "signal", "notify_one": "signal",
    "notify_all": "broadcast", "notifyAll": "broadcast", "delay": "sleep", "pause": "sleep",
    "compute": "work", "run": "work", "echo": "print", "println": "print", "puts": "print",
    "log": "print", "start": "spawn", "fork": "spawn", "detach": "spawn", "trylock": "try_acquire",
    "try_lock": "try_acquire", "critical": "lock", "set": "signal", "clear": "reset",
}  # fmt: skip
ABSENT = {
    "switch": "write `if … { } else if … { }`",
    "match": "write `if … { } else if … { }`",
    "try": "a lock taken by `lock m { }` is given back however the block is left",
    "except": 'an error ends the run; `expect error "text"` says that it is meant',
    "catch": 'an error ends the run; `expect error "text"` says that it is meant',
    "finally": "a lock taken by `lock m { }` is given back however the block is left",
    "throw": "write `assert` for what must hold",
    "raise": "write `assert` for what must hold",
    "panic": "write `assert` for what must hold",
    "class": "declare `shared` variables and functions",
    "struct": "declare `shared` variables, or use tuples",
    "interface": "declare functions with `fn`",
    "enum": "declare a `const` for each value",
    "type": "types follow from the values",
    "import": "a scenario is one file and needs nothing else",
    "include": "a scenario is one file and needs nothing else",
    "from": "a scenario is one file and needs nothing else",
    "use": "a scenario is one file and needs nothing else",
    "package": "a scenario is one file and needs nothing else",
    "using": "a scenario is one file and needs nothing else",
    "goto": "write a loop with `break`",
    "defer": "a lock taken by `lock m { }` is given back however the block is left",
    "del": "leave it out: variables end with their block",
    "global": "leave it out: `shared` variables are seen everywhere",
    "nonlocal": "leave it out: `shared` variables are seen everywhere",
    "until": "write `while not …`",
    "unless": "write `if not …`",
    "foreach": "write `for v in ch { … }`",
}
STARTS = ("SPAWN", "GO", "ASYNC")
ARM_WORDS = {"timeout": "after", "otherwise": "default", "else": "default", "when": "case"}
OPERATIONS = {
    "acquire": "a lock or semaphore", "release": "a lock or semaphore",
    "wait": "a condition, event or barrier", "signal": "a condition or event",
    "broadcast": "a condition", "reset": "an event", "close": "a channel", "join": "a thread",
    "section": "a section", "read": "a rwlock", "write": "a rwlock",
}  # fmt: skip
MODIFIERS = frozenset("pub public private export static extern inline final unsafe".split())


# ------------------------------------------------------------ other languages


def foreign_word(see: Sight) -> Mend | None:
    """The first word is one of another language."""
    word = see.word(see.start)
    at = see.at
    if see.kind(see.start) != "NAME" or at > see.start + 2:
        return None
    if (
        not see.fresh
        and see.kind(see.start + 1) in ("LPAR", "ASSIGN", "DOT")
        and word not in ABSENT
    ):
        return None
    span, one = see.span(see.start), see.start + 1
    if word in FUNCTION_WORDS and see.is_name(one):
        return _function(see, span)
    if see.context == "declaration":
        if word in MODIFIERS and see.kind(one) in ("FN", "NAME", "SHARED", "CONST", "THREAD"):
            message = f"there is no `{word}`"
            return see.mend("CL0230", span, message, "leave it out", Edit(see.start, one))
        if word in OBJECT_WORDS and (see.is_name(one) or see.kind(one) == "STRING"):
            return _object(see, span)
    if see.context == "statement" and word in OBJECT_WORDS and word not in VERB_WORDS:
        return _object_inside(see)
    if word in TYPE_WORDS and see.is_name(one):
        return _variable(see, span)
    if see.context == "statement" and word in VERB_WORDS and not see.fresh:
        return _verb(see, span)
    if word in ABSENT and (see.context in ("statement", "declaration")):
        return _absent(see, span)
    return None


def _function(see: Sight, span: object) -> Mend | None:
    word, name = see.word(see.start), see.word(see.start + 1)
    message = f"a function is declared with `fn`, not with `{word}`"
    if see.context == "statement":
        return _nested(see, see.start)
    edit = Edit(see.start, see.start + 1, ("fn",))
    help = f"write `fn {name}(…) {{ … }}`"
    return see.mend("CL0222", see.span(see.start), message, help, edit)


def _object(see: Sight, span: object) -> Mend | None:
    word, name = see.word(see.start), see.text(see.start + 1, see.start + 2)
    meant = OBJECT_WORDS[word]
    edit = Edit(see.start, see.start + 1, (meant,))
    message = f"`{word}` is called `{meant}` here"
    return see.mend("CL0223", see.span(see.start), message, f"write `{meant} {name}`", edit)


def _object_inside(see: Sight) -> Mend | None:
    """`mutex m` in a thread."""
    word, meant = see.word(see.start), OBJECT_WORDS[see.word(see.start)]
    if see.fresh or not see.is_name(see.start + 1) or see.kind(see.at) == "LBRACE":
        return None
    stop = see.line_end(see.start)
    message = f"`{word}` is called `{meant}` here, and declared outside of threads"
    help = f"write `{meant} {see.word(see.start + 1)}` at the top level"
    return see.mend("CL0223", see.span(see.start), message, help, Edit(see.start, stop, ("ERR",)))


def _variable(see: Sight, span: object) -> Mend | None:
    """`int x = 0`, `var x = 0`, also with two such words."""
    last = see.start
    while see.word(last + 1) in TYPE_WORDS and see.is_name(last + 2):
        last += 1
    meant = "let" if see.context == "statement" else "shared"
    if see.context not in ("statement", "declaration"):
        return None
    word, name = see.text(see.start, last + 1), see.word(last + 1)
    value = see.text(last + 3, see.line_end(last)) if see.kind(last + 2) == "ASSIGN" else "0"
    help = f"write `{meant} {name} = {value}`"
    tail = () if see.kind(last + 2) == "ASSIGN" else (Edit(last + 2, last + 2, ("=", "ERR")),)
    if tail and not see.ends(last + 2):
        return None
    message = f"a variable is declared with `{meant}`, not with `{word}`"
    if meant == "shared":
        message = f"a variable of all threads is declared with `shared`, not with `{word}`"
    edit = Edit(see.start, last + 1, (meant,))
    return see.mend("CL0224", see.span(see.start, last + 1), message, help, *tail, edit)


def _verb(see: Sight, span: object) -> Mend | None:
    word = see.word(see.start)
    meant = VERB_WORDS[word]
    if not see.fits_at_start(meant.upper(), see.start + 1):
        return None
    rest = see.text(see.start + 1, see.line_end(see.start + 1))
    edit = Edit(see.start, see.start + 1, (meant,))
    message = f"`{word}` is called `{meant}` here"
    return see.mend("CL0223", see.span(see.start), message, f"write `{meant} {rest}`", edit)


def _absent(see: Sight, span: object) -> Mend | None:
    word = see.word(see.start)
    stop = see.line_end(see.start)
    if stop == see.start + 1 and see.ends(stop):
        return None
    edit = Edit(see.start, stop, ("ERR",))
    message = f"there is no `{word}` in this language"
    return see.mend("CL0230", see.span(see.start), message, ABSENT[word], edit)


def extra_type(see: Sight) -> Mend | None:
    """`shared int x = 0`, `let mut x = 0`, `fn f(int a)`."""
    at = see.at
    if see.fresh or not see.is_name(at) or see.word(at - 1) not in TYPE_WORDS:
        if not (see.kind(at) == "LET" and see.kind(at - 1) in ("SHARED", "CONST", "ATOMIC")):
            return None
        return _second_let(see)
    if see.kind(see.start) not in ("LET", "SHARED", "ATOMIC", "CONST", "FN"):
        return None
    word = see.word(at - 1)
    message = f"`{word}` is not written here: types follow from the values"
    edit = Edit(at - 1, at)
    return see.mend("CL0224", see.span(at - 1), message, f"leave out `{word}`", edit)


def _second_let(see: Sight) -> Mend | None:
    word = see.word(see.at - 1)
    message = f"`{word}` declares a variable by itself"
    return see.mend(
        "CL0224", see.span(see.at), message, "leave out `let`", Edit(see.at, see.at + 1)
    )


# ---------------------------------------------------------- wrong level


def top_level(see: Sight) -> Mend | None:
    """Statements outside of any thread."""
    at = see.at
    if see.context != "declaration" or not see.fresh:
        return None
    kind, word = see.kind(at), see.word(at)
    if kind == "LET":
        name = see.word(at + 1)
        message = "`let` makes a local variable, in a thread or function"
        help = f"write `shared {name} = …` here, or `const {name} = …`"
        return see.mend("CL0248", see.span(at), message, help, Edit(at, at + 1, ("shared",)))
    if kind == "NAME" and see.kind(at + 1) == "ASSIGN":
        message = "a variable of all threads is declared with `shared`"
        text = see.text(at, see.line_end(at))
        edit = Edit(at, at, ("shared",))
        return see.mend("CL0224", see.span(at), message, f"write `shared {text}`", edit)
    if kind == "ASYNC" and see.kind(at + 1) == "FN":
        message = "every function can be started with `async`: it is not declared so"
        return see.mend("CL0230", see.span(at), message, "leave out `async`", Edit(at, at + 1))
    if kind == "ASSERT":
        message = "`assert` is a statement of a thread"
        help = "write `expect always …` for what holds in every state"
        stop = see.line_end(at)
        return see.mend("CL0248", see.span(at), message, help, Edit(at, stop, ("ERR",)))
    statement = see.reader.kinds[at] in see.reader.words.starters or word in STATEMENT_STARTS
    called = kind == "NAME" and see.kind(at + 1) in ("LPAR", "PLUS_ASSIGN", "ARROW", "LSQB", "DOT")
    if (statement and word not in DECLARATION_STARTS) or called:
        shown = f"`{word}`" if statement else "a statement"
        message = f"{shown} belongs in a thread or function"
        help = "put it into `thread NAME { … }`"
        stop = _statement_end(see, at)
        return see.mend("CL0248", see.span(at), message, help, Edit(at, stop, ("ERR",)))
    return None


def _statement_end(see: Sight, token: int) -> int:
    return see.line_end(token)


def nested_declaration(see: Sight) -> Mend | None:
    """Declarations inside a thread or function."""
    start = see.start
    word = see.word(start)
    if see.context != "statement" or word not in DECLARATION_STARTS:
        return None
    value = see.kind(start + 2) == "ASSIGN"
    if (
        word in ("lock", "atomic")
        and not value
        and see.kind(see.at) not in ("_SEP", "RBRACE", "WITH")
    ):
        return None
    if word == "lock" and see.kind(see.at) in ("_SEP", "RBRACE"):
        return None  # `lock m` without a block
    if not (see.fresh or see.at <= start + 3) or see.reader._outdented_declaration() >= 0:
        return None
    if word != "expect" and not see.is_name(start + 1):
        return None
    return _nested(see, start)


def _nested(see: Sight, start: int) -> Mend | None:
    word = see.word(start)
    span = see.span(start)
    stop = see.line_end(start)
    if word in ("shared", "const", "atomic"):
        name = see.word(start + 1)
        message = f"`{word}` is declared outside of threads and functions"
        help = f"move it to the top, or write `let {name} = …` for a local variable"
        return see.mend("CL0247", span, message, help, Edit(start, start + 1, ("let",)))
    message = f"`{word}` is declared outside of threads and functions"
    help = "move it out of this block"
    if word == "expect":
        message = "an `expect` line stands outside of threads and functions"
        help = "move it out of this block; `assert` checks at this very place"
    elif word == "thread":
        help = "move it out of this block; `spawn f()` starts a thread at this place"
    return see.mend("CL0247", span, message, help, Edit(start, stop, ("ERR",)))


# ------------------------------------------------------- started with a body


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


# ------------------------------------------------------------------- spelling


def keyword_after_dot(see: Sight) -> Mend | None:
    """`m.lock()`: read on; the call itself is answered where it is made."""
    at = see.at
    if see.kind(at - 1) != "DOT" or see.word(at) not in RESERVED:
        return None
    return Mend("CL0232", None, (Edit(at, at + 1, ("NAME",)),))


def other_case(see: Sight) -> Mend | None:
    """`While`, `AND`, `If`."""
    for token in (see.at, see.start):
        word = see.word(token)
        low = word.lower()
        if see.kind(token) != "NAME" or low == word or low not in see.reader.words.words:
            continue
        if token != see.at and not see.fits_at_start(low.upper(), token + 1):
            continue
        if token == see.at and not see.fits(low.upper()):
            continue
        message = "the words of the language are written in small letters"
        edit = Edit(token, token + 1, (low,))
        return see.mend("CL0207", see.span(token), message, f"write `{low}`", edit)
    if see.word(see.at) == "is" and see.fits("EQUAL"):
        edit = Edit(see.at, see.at + 1, ("==",))
        return see.mend("CL0212", see.span(see.at), "`is` is written `==`", "write `==`", edit)
    return None


def misspelt(see: Sight) -> Mend | None:
    """`threed`, `repeet`."""
    if see.kind(see.start) != "NAME" or see.at > see.start + 6:
        return None
    word = see.word(see.start)
    if see.kind(see.start + 1) in ("ASSIGN", "PLUS_ASSIGN", "DOT", "LSQB", "ARROW"):
        return None
    candidates = {"declaration": DECLARATION_STARTS, "statement": STATEMENT_STARTS}.get(see.context)
    if see.context == "arm":
        candidates = ("case", "after", "default")
    if see.context == "setting":
        candidates = ("scheduler", "cost")
    meant = ARM_WORDS.get(word) if see.context == "arm" else None
    meant = meant or suggestion(word, candidates or ())
    if meant is None or not see.fits_at_start(meant.upper(), see.start + 1):
        return None
    if len(word) <= 3 and not see.line_fits(meant.upper()):
        return None
    edit = Edit(see.start, see.start + 1, (meant,))
    message = f"there is no `{word}`"
    return see.mend("CL0207", see.span(see.start), message, f"did you mean `{meant}`?", edit)


NAMING = (
    "LET FOR THREAD FN SHARED ATOMIC LOCK CONST RWLOCK SEMAPHORE CONDITION BARRIER EVENT CHANNEL "
    "DEVICE PROCESS PROCESSOR RUNTIME SECTION LPAR COMMA LSQB"
).split()
AFTER_NAME = ("ASSIGN", "PLUS_ASSIGN", "MINUS_ASSIGN", "STAR_ASSIGN", "DOT", "ARROW")


def keyword_as_name(see: Sight) -> Mend | None:
    """`let lock = 1`, `lock = 2`, `shared work = 0`."""
    at = see.at
    word = see.word(at)
    token = -1
    if word in RESERVED and see.fits("NAME"):
        known = word in see.reader.renamed
        if word == "in" and see.kind(at - 1) == "FOR":
            return None
        if known or (see.kind(at - 1) in NAMING and see.kind(at + 1) != "NAME"):
            token = at
    elif (
        at == see.start + 1
        and see.kind(at) in AFTER_NAME
        and see.word(at - 1) in RESERVED - {"let"}
    ):
        token, word = (at - 1, see.word(at - 1)) if see.fits_at_start("NAME", at) else (-1, word)
    if token < 0:
        return None
    edit = Edit(token, token + 1, ("NAME",))
    if word in see.reader.renamed:
        return Mend("CL0208", None, (edit,))
    see.reader.renamed.add(word)
    message = f"`{word}` is a word of the language and cannot be a name"
    help = f"choose another name, such as `{word}_` or `my_{word}`"
    return see.mend("CL0208", see.span(token), message, help, edit)


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


WORD_RULES = (
    no_first_value,
    made_channel,
    needless_parentheses,
    io_device,
    started_thread,
    started_body,
    started_call,
    keyword_after_dot,
    needless_word,
    operand,
    extra_type,
    foreign_word,
    top_level,
    keyword_as_name,
    misspelt,
)
