"""Slips inside of threads and functions that show what language somebody is thinking in."""

from __future__ import annotations

from conclang.syntax.slips_library import MADE, what
from conclang.syntax.slips_sight import Edit, Mend, Sight, closing_brace
from conclang.syntax.slips_signs import _bracket_or_line_end

THREADS = ("Thread", "Process", "Task", "thread")

SHIFTS = {"LESS": "<<", "GREATER": ">>"}


def path(see: Sight) -> Mend | None:
    """`Mutex::new(0)`, `thread::spawn(…)`, `std::thread t(f)`."""
    at = see.at
    if see.kind(at) != "COLON" or see.kind(at + 1) != "COLON" or not see.adjacent(at + 1):
        return None
    first = at - 1
    while see.kind(first - 1) == "DOT" and first - 2 >= see.start:
        first -= 2
    stop = _bracket_or_line_end(see, at)
    words = {see.word(token) for token in range(first, stop)}
    message, code = "`::` joins no names here", "CL0213"
    help = "write the second name alone: a scenario has no modules"
    made = next((MADE[word] for word in sorted(words) if word in MADE), "")
    if words & {"spawn", "thread", "Thread", "async"}:
        message, code = "a thread is started with `spawn`, or declared with `thread`", "CL0239"
        help = "declare `fn f() { … }` at the top level and write `spawn f()`"
    elif made:
        message, code = f"{what(made)} is declared, not made", "CL0223"
        help = f"write `{made}` outside of threads"
    behind = stop
    if see.kind(stop) == "LBRACE":  # `|| { … }` as an argument
        behind = closing_brace(see, stop)
        behind += see.kind(behind) == "RPAR"
    whole = first == see.start
    edit = Edit(see.start if whole else first, behind, ("ERR",))
    return see.mend(code, see.span(first, at + 3), message, help, edit)


def lambda_function(see: Sight) -> Mend | None:
    """`lambda a: a + 1`."""
    at = see.at
    first = next((t for t in (at - 1, at - 2) if see.word(t) == "lambda"), -1)
    if first < see.start:
        return None
    edit = Edit(first, _bracket_or_line_end(see, at), ("ERR",))
    help = "declare it at the top level, `fn f(a) { return a + 1 }`, and write `f` in its place"
    return see.mend("CL0222", see.span(first), "every function has a name here", help, edit)


def comprehension(see: Sight) -> Mend | None:
    """`[i for i in 0..3]`."""
    at = see.at
    if see.kind(at) != "FOR" or see.fresh or see.reader._open_bracket("[") < 0:
        return None
    edit = Edit(at, _bracket_or_line_end(see, at))
    message = "there are no arrays made by a `for` inside of `[ ]`"
    help = "write the values, `[0, 0, 0]`, and set them in a loop: `for i in 0..3 { a[i] = i }`"
    return see.mend("CL0221", see.span(at), message, help, edit)


def made_lock(see: Sight) -> Mend | None:
    """`lock = threading.Lock()`."""
    start = see.start
    if see.kind(start) != "LOCK" or see.at != start + 1 or see.kind(see.at) != "ASSIGN":
        return None
    stop = see.line_end(see.at)
    if not any(see.word(t) in ("Lock", "RLock", "Mutex", "new") for t in range(see.at, stop)):
        return None
    message = "a lock is declared, not made"
    help = "write `lock m` at the top level, and here `lock m { … }` to hold it"
    edit = Edit(start, stop, ("ERR",))
    return see.mend("CL0223", see.span(start, stop), message, help, edit)


def thread_object(see: Sight) -> Mend | None:
    """`Thread(target=f, args=(1,))`."""
    opener = see.reader._open_bracket("(")
    if opener <= see.start or see.word(opener - 1) not in THREADS or see.kind(see.at) != "ASSIGN":
        return None
    close, first = see.closing(opener), opener - 1
    while see.kind(first - 1) == "DOT" and first - 2 > see.start:
        first -= 2
    if close < 0:
        return None
    name = next((see.word(t + 2) for t in range(opener, close) if see.word(t) == "target"), "f")
    edit = Edit(first, close + 1, ("ERR",))
    message = "a thread is started with `spawn`, or declared with `thread`"
    help = f"write `spawn {name}()`, with its arguments between the parentheses"
    return see.mend("CL0239", see.span(first, close + 1), message, help, edit)


def new_thing(see: Sight) -> Mend | None:
    """`new Thread(f)`, `new int[3]`."""
    at = see.at
    if see.word(at - 1) != "new" or not see.is_name(at) or at - 1 <= see.start:
        return None
    edit = Edit(at - 1, _bracket_or_line_end(see, at), ("ERR",))
    message, code = "nothing is made with `new`", "CL0223"
    help = "objects are declared at the top level: `lock m`, `semaphore s(1)`, `channel c`"
    if see.word(at) in THREADS:
        code, message = "CL0239", "a thread is started with `spawn`, or declared with `thread`"
        help = f"write `spawn {_argument(see, at)}()`"
    elif see.kind(at + 1) == "LSQB":
        help = f"an array is `[0, 0, 0]`, or `shared a[{see.word(at + 2)}] = 0` at the top level"
    return see.mend(code, see.span(at - 1, at + 1), message, help, edit)


def _argument(see: Sight, at: int) -> str:
    return see.word(at + 2) if see.kind(at + 1) == "LPAR" and see.is_name(at + 2) else "f"


def let_arrow(see: Sight) -> Mend | None:
    """`let v <- ch`."""
    at = see.at
    if see.kind(see.start) != "LET" or see.kind(at) != "ARROW" or at != see.start + 2:
        return None
    help = f"write `let {see.word(at - 1)} = <-{see.text(at + 1, see.line_end(at))}`"
    message = "what is received is given a name with `=`"
    return see.mend("CL0220", see.span(at), message, help, Edit(at, at, ("=",)))


def shift(see: Sight) -> Mend | None:
    """`x << 1`, `ch << 1`, `cout << x`."""
    at = see.at
    sign = SHIFTS.get(see.kind(at), "")
    if not sign or see.kind(at - 1) != see.kind(at) or not see.adjacent(at):
        return None
    span, stop = see.span(at - 1, at + 1), see.line_end(at)
    if at - 2 == see.start and see.context == "statement":
        first, value = see.word(see.start), see.text(at + 1, stop)
        edit = Edit(see.start, stop, ("ERR",))
        if first in ("cout", "print", "cerr"):
            help = f"write `print {value}`"
            return see.mend("CL0223", see.span(see.start), f"there is no `{first}`", help, edit)
        help = f"to send, write `{first} <- {value}`"
        return see.mend("CL0215", span, f"`{sign}` means nothing here", help, edit)
    help = "multiply by 2, 4, 8 …" if sign == "<<" else "divide by 2, 4, 8 …"
    edit = Edit(at - 1, _bracket_or_line_end(see, at))
    return see.mend("CL0216", span, "there are no operations on bits", help, edit)


def membership(see: Sight) -> Mend | None:
    """`if x in [1, 2] {`."""
    at = see.at
    if see.kind(at) != "IN" or see.kind(see.start) not in ("IF", "WHILE", "ASSERT") or see.fresh:
        return None
    left = see.text(see.start + 1, at)
    stop = see.line_end(at)
    help = f"compare with each: `{left} == 1 or {left} == 2`"
    edit = Edit(see.start + 1, stop, ("ERR",))
    return see.mend("CL0213", see.span(at), "there is no test `in`", help, edit)


def joined_text(see: Sight) -> Mend | None:
    """`print "x = " .. x`, `print "x = " x`."""
    at = see.at
    if see.kind(see.start) != "PRINT" or see.kind(at - 1) != "STRING" or see.ends(at):
        return None
    if see.kind(at) != "DOTDOT" and not (see.is_name(at) and not see.adjacent(at)):
        return None
    message = "`print` takes one value"
    help = 'put the value into the text: `print "x = {x}"`'
    edit = Edit(at, see.line_end(at))
    return see.mend("CL0252", see.span(at), message, help, edit)


def brace_value(see: Sight) -> Mend | None:
    """`let a = {1, 2}`, `f({"k": 1})`."""
    at = see.at
    before = ("ASSIGN", "LPAR", "COMMA", "RETURN", "ARROW", "LSQB")
    if see.kind(at) != "LBRACE" or see.fresh or see.kind(at - 1) not in before:
        return None
    if see.context != "statement" and see.kind(see.start) != "SHARED":
        return None
    stop = closing_brace(see, at)
    message = "there are no sets and dictionaries"
    help = "an array is written `[1, 2]`"
    return see.mend("CL0201", see.span(at), message, help, Edit(at, stop, ("ERR",)))


def call_without_parentheses(see: Sight) -> Mend | None:
    """`f 1`, `call f(1)`."""
    at, word = see.at, see.word(see.start)
    if at != see.start + 1 or see.context != "statement" or see.kind(see.start) != "NAME":
        return None
    stop = see.line_end(at)
    if word in ("call", "do", "invoke", "execute") and see.kind(at + 1) == "LPAR":
        help = f"write `{see.text(at, stop)}`"
        edit = Edit(see.start, at)
        return see.mend("CL0230", see.span(see.start), f"there is no `{word}`", help, edit)
    known = word in see.reader.builder.functions
    if not known or see.kind(at) not in ("INT", "STRING", "NAME"):
        return None
    help = f"write `{word}({see.text(at, stop)})`"
    message = "the arguments of a call stand in parentheses"
    edits = (Edit(stop, stop, (")",)), Edit(at, at, ("(",)))
    return see.mend("CL0201", see.span(at), message, help, *edits)


def bracket_too_many(see: Sight) -> Mend | None:
    """`f(1))`."""
    at = see.at
    if see.kind(at) not in ("RPAR", "RSQB") or see.fresh or see.context == "":
        return None
    if see.reader._open_bracket("(") >= 0 or see.reader._open_bracket("[") >= 0:
        return None
    if see.fits("INT"):
        return None  # a value is missing, whatever else
    message = f"this `{see.word(at)}` closes nothing"
    return see.mend("CL0204", see.span(at), message, "leave it out", Edit(at, at + 1))


def critical_section(see: Sight) -> Mend | None:
    """`critical { … }`."""
    if see.context != "statement" or see.kind(see.at) != "LBRACE" or see.at != see.start + 1:
        return None
    if see.word(see.start) not in ("critical", "synchronized", "exclusive", "mutex", "guard"):
        return None
    message = "a lock is held for a block with `lock`"
    help = "declare `lock m` at the top level and write `lock m { … }`"
    edit = Edit(see.start, see.at, ("atomic",))
    return see.mend("CL0233", see.span(see.start), message, help, edit)


def for_each(see: Sight) -> Mend | None:
    """`foreach i in 0..3 {`."""
    if see.word(see.start) not in ("foreach", "forEach") or see.context != "statement":
        return None
    rest = see.text(see.start + 1, see.line_end(see.start))
    help = f"write `for {rest} {{ … }}`" if rest else "write `for v in ch { … }`"
    edit = Edit(see.start, see.start + 1, ("for",))
    message = f"`{see.word(see.start)}` is written `for`"
    return see.mend("CL0229", see.span(see.start), message, help, edit)


def lone_elif(see: Sight) -> Mend | None:
    """`elif` or `else` without the block of an `if` before it."""
    word = see.word(see.start)
    if see.context != "statement" or not (see.fresh or see.at == see.start + 1):
        return None
    if word not in ("elif", "elsif", "elseif", "else"):
        return None
    if word != "else" and see.kind(see.start + 1) in ("ASSIGN", "LPAR", "ARROW"):
        return None
    stop = see.line_end(see.start)
    message = f"there is no `if` block before this `{word}`"
    help = "it comes right behind the `}` of the `if`: `} else if … {`"
    if word == "else":
        help = "it comes right behind the `}` of the `if`, and only once: `} else {`"
    edit = Edit(see.start, stop, ("ERR",))
    return see.mend("CL0228", see.span(see.start), message, help, edit)


HABIT_RULES = (
    path,
    lambda_function,
    comprehension,
    made_lock,
    thread_object,
    new_thing,
    let_arrow,
    shift,
    membership,
    joined_text,
    brace_value,
    call_without_parentheses,
    bracket_too_many,
    critical_section,
    for_each,
    lone_elif,
)
