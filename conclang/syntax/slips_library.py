"""Slips that are calls of another language's library: `threading.Lock()`, `fmt.Println(x)`.

They read as calls here, so they are answered where the call is made, as those in `slips_meaning`.
"""

from __future__ import annotations

from conclang.syntax import nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.syntax.build_expressions import ExpressionBuilder

# What is made by a call elsewhere → how it is declared here.
MADE = {
    "Lock": "lock m", "RLock": "lock m with recursive", "Mutex": "lock m",
    "ReentrantLock": "lock m with recursive", "RWMutex": "rwlock table", "RwLock": "rwlock table",
    "ReadWriteLock": "rwlock table", "Semaphore": "semaphore s(1)",
    "BoundedSemaphore": "semaphore s(1)", "Condition": "condition c", "Condvar": "condition c",
    "Barrier": "barrier b(2)", "CyclicBarrier": "barrier b(2)", "Event": "event e",
    "CountDownLatch": "event e", "WaitGroup": "event e", "Queue": "channel c(8)",
    "Channel": "channel c", "AtomicInteger": "atomic n = 0", "AtomicBool": "atomic done = false",
}  # fmt: skip
CELLS = {"cas": "cas", "CAS": "cas", "fetch_add": "add", "faa": "add", "FAA": "add"}
CELLS |= {"compare_and_swap": "cas", "CompareAndSwap": "cas", "atomic_add": "add", "swap": "swap"}
CASTS = frozenset("str int float bool String Integer string toString".split())
THREADS = frozenset(
    ("pthread_create", "Thread", "Process", "Task", "create_task", "start_new_thread")
)
LIBRARIES = frozenset(
    "threading multiprocessing asyncio queue sync std time console fmt System sys io logging "
    "logger log thread Thread Task os rt".split()
)
PRINTS = frozenset("log Println Printf Print println print printf write info debug".split())
SLEEPS = frozenset("sleep Sleep sleep_ms usleep delay".split())


def value(builder: ExpressionBuilder, call: nodes.CallExpression) -> nodes.Expression | None:
    """`threading.Lock()`, `Thread(f)`: something that is made."""
    name = _made(builder, call.callee)
    if name in MADE:
        message = f"{what(MADE[name])} is declared, not made"
        help = f"write `{MADE[name]}` outside of threads"
        builder.report("CL0223", call.span, message, help=help)
        return nodes.ErrorExpression(builder.new_id(), call.span)
    if name in CELLS and len(call.arguments) >= 2 and isinstance(call.callee, nodes.NameExpression):
        first, *rest = (builder.bag.source.slice(argument.span) for argument in call.arguments)
        help = f"write `{first}.{CELLS[name]}({', '.join(rest)})`, with `atomic {first} = 0`"
        builder.report("CL0231", call.span, f"there is no function `{name}`", help=help)
        return nodes.ErrorExpression(builder.new_id(), call.span)
    if name in CASTS and len(call.arguments) == 1 and isinstance(call.callee, nodes.NameExpression):
        message = f"there is no function `{name}`: values are not converted"
        help = 'leave it out; `print "x = {x}"` puts a value into a text'
        builder.report("CL0231", call.span, message, help=help)
        return nodes.ErrorExpression(builder.new_id(), call.span)
    if name in THREADS:
        message = "a thread is started with `spawn`, or declared with `thread`"
        first = builder.bag.source.slice(call.arguments[0].span) if call.arguments else "f"
        help = f"write `spawn {first if first.isidentifier() else 'f'}()`"
        builder.report("CL0239", call.span, message, help=help)
        return nodes.ErrorExpression(builder.new_id(), call.span)
    return None


def statement(builder: ExpressionBuilder, call: nodes.CallExpression) -> nodes.Statement | None:
    """`console.log(x)`, `time.sleep(3)`, `t.start()`."""
    callee = call.callee
    if not isinstance(callee, nodes.FieldExpression):
        return None
    if isinstance(callee.base, nodes.ErrorExpression):  # `Thread(f).start()`, answered already
        return nodes.ErrorStatement(builder.new_id(), call.span)
    name, library = callee.name.text, _library(callee)
    shown = builder.bag.source.slice(callee.span)
    if library and name in PRINTS and call.arguments:
        meant = printed(builder, call.arguments)
        _say(builder, call, shown, f"print {meant}")
        return nodes.ErrorStatement(builder.new_id(), call.span)
    if library and name in SLEEPS and len(call.arguments) == 1:
        _say(builder, call, shown, f"sleep {builder.bag.source.slice(call.arguments[0].span)}")
        return nodes.SleepStatement(builder.new_id(), call.span, call.arguments[0])
    if name in ("start", "run") and not call.arguments and not library:
        message = f"there is no method `.{name}()`: threads run from the start"
        help = "leave it out; `spawn f()` starts a thread at this place"
        builder.report("CL0232", call.span, message, help=help)
        return nodes.ErrorStatement(builder.new_id(), call.span)
    return None


def _say(builder: ExpressionBuilder, call: nodes.CallExpression, shown: str, meant: str) -> None:
    message = f"there is no `{shown[:40]}`"
    builder.report("CL0231", call.span, message, help=f"write `{meant}`")


def printed(builder: ExpressionBuilder, arguments: tuple[nodes.Expression, ...]) -> str:
    """What `print` would be given: one value as it is, several in a text."""
    texts = [builder.bag.source.slice(argument.span) for argument in arguments]
    if len(texts) == 1:
        return texts[0]
    shown = [text for text in texts[1:] if text.isidentifier()] or ["x"]
    return '"' + " ".join(f"{name} = {{{name}}}" for name in shown[:3]) + '"'


def _made(builder: ExpressionBuilder, callee: nodes.Expression) -> str:
    """The name of what a call makes, if the file does not declare it itself."""
    if isinstance(callee, nodes.NameExpression):
        return "" if callee.name in builder.functions else callee.name
    if isinstance(callee, nodes.FieldExpression) and (
        _library(callee) or callee.name.text == "new"
    ):
        base = callee.base
        if callee.name.text == "new" and isinstance(base, nodes.NameExpression):
            return base.name
        return callee.name.text
    return ""


def _library(callee: nodes.FieldExpression) -> bool:
    base = callee.base
    while isinstance(base, nodes.FieldExpression):
        base = base.base
    return isinstance(base, nodes.NameExpression) and base.name in LIBRARIES


def what(declaration: str) -> str:
    """`a lock` for `lock m`."""
    word = declaration.split(" ", 1)[0]
    if word == "atomic":
        return "an atomic variable"
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
