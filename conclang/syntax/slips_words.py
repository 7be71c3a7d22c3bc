"""Slips that show as a word of another language, or as one in the wrong place."""

from __future__ import annotations

from conclang.syntax.keywords import DECLARATION_STARTS, STATEMENT_STARTS
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
}
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
    word, name = see.word(see.start), see.text(see.start + 1, see.line_end(see.start))
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


WORD_RULES = (nested_declaration, extra_type, foreign_word, top_level)
