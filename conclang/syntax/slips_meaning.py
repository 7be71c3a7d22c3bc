"""Slips that still read as a sentence, answered where the node is made.

`acquire(m)` is the call of a function and `m.lock()` the call of a method, as far as the grammar is
concerned. If the file has no function of that name, the node that was meant is made instead, so
that later passes check it like any other.
"""

from __future__ import annotations

import re

from conclang.diagnostics.diagnostic import Diagnostic, Fix
from conclang.diagnostics.source import Span
from conclang.syntax import nodes, slips_library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.syntax.build_expressions import ExpressionBuilder

# Functions of other languages → the statement with one operand.
VERBS = {
    "acquire": "acquire", "release": "release", "wait": "wait", "signal": "signal",
    "broadcast": "broadcast", "reset": "reset", "close": "close", "unlock": "release",
    "notify": "signal", "notify_one": "signal", "notify_all": "broadcast",
    "notifyAll": "broadcast", "signalAll": "broadcast", "pthread_mutex_lock": "acquire",
    "pthread_mutex_unlock": "release", "sem_wait": "wait", "sem_post": "signal",
    "omp_set_lock": "acquire", "omp_unset_lock": "release", "pthread_cond_wait": "wait",
    "pthread_cond_signal": "signal", "pthread_cond_broadcast": "broadcast",
}  # fmt: skip
METHODS = {
    **VERBS, "lock": "acquire", "enter": "acquire", "leave": "release", "exit": "release",
    "set": "signal", "clear": "reset", "Lock": "acquire", "Unlock": "release", "Wait": "wait",
    "Signal": "signal", "Broadcast": "broadcast", "P": "acquire", "V": "release",
    "down": "acquire", "up": "release", "post": "release", "arrive_and_wait": "wait",
}  # fmt: skip
PERMITTING = {"P": "acquire", "V": "release", "down": "acquire", "up": "release"}
PERMITS = {"wait": "acquire", "signal": "release"}  # of a semaphore
# Calls with a value → how it is written.
VALUES = {
    "join": "join", "recv": "<-", "receive": "<-", "try_lock": "try_acquire",
    "trylock": "try_acquire", "tryLock": "try_acquire", "try_acquire": "try_acquire",
    "tryAcquire": "try_acquire", "TryLock": "try_acquire", "get": "<-",
}  # fmt: skip
SENDS = frozenset(("send", "put", "enqueue"))
PRINTS = frozenset(("println", "printf", "puts", "echo", "print_line", "log"))
ATOMICS = {
    "fetch_add": "add", "fetchAdd": "add", "getAndAdd": "add", "addAndGet": "add", "Add": "add",
    "increment": "add", "incrementAndGet": "add", "compare_and_swap": "cas",
    "compare_exchange": "cas", "compareAndSet": "cas", "compare_and_set": "cas",
    "CompareAndSwap": "cas", "exchange": "swap", "getAndSet": "swap", "Swap": "swap",
}  # fmt: skip
LITERALS = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
ALONE = ("break", "continue", "return", "yield")  # statements of one word
NOTHING = frozenset(("None", "null", "nil", "NULL", "undefined", "nullptr"))


def literal(builder: ExpressionBuilder, span: Span, name: str) -> nodes.Expression:
    """`True`, `None` and the like."""
    if name in LITERALS:
        meant = LITERALS[name]
        builder.say(
            Diagnostic(
                "CL0237",
                f"`{name}` is written `{meant}`",
                span,
                helps=(f"write `{meant}`",),
                fix=Fix(span, meant),
            )
        )
        return nodes.BoolLiteral(builder.new_id(), span, meant == "true")
    help = "use a number that means “nothing” to you, or a bool of its own"
    builder.report("CL0237", span, f"there is no `{name}`: every variable has a value", help=help)
    return nodes.ErrorExpression(builder.new_id(), span)


# ---------------------------------------------------------------------- calls


def call(builder: ExpressionBuilder, call: nodes.CallExpression) -> nodes.Expression:
    """A call with a value that is written otherwise here: `join(t)`, `ch.recv()`."""
    callee, arguments = call.callee, call.arguments
    if isinstance(callee, nodes.NameExpression):
        name = callee.name
        if name in VALUES and len(arguments) == 1 and name not in (*builder.functions, "get"):
            return _value(builder, call, "CL0231", name, arguments[0])
    elif isinstance(callee, nodes.FieldExpression):
        name = callee.name.text
        if name in VALUES and name != "get" and not arguments:
            return _value(builder, call, "CL0232", f".{name}()", callee.base)
        if name in ATOMICS:
            return _atomic(builder, call, callee)
        if name == "get" and not arguments and _declared(builder, "channel", callee.base):
            return _value(builder, call, "CL0232", ".get()", callee.base)
    return slips_library.value(builder, call) or call


def _value(
    builder: ExpressionBuilder,
    call: nodes.CallExpression,
    code: str,
    shown: str,
    target: nodes.Expression,
) -> nodes.Expression:
    meant = VALUES[shown.strip(".()")]
    text = builder.bag.source.slice(target.span)
    written = f"<-{text}" if meant == "<-" else f"{meant} {text}"
    _say_written(builder, code, call.span, shown, written)
    if meant == "<-":
        return nodes.ReceiveExpression(builder.new_id(), call.span, target)
    if meant == "join":
        return nodes.JoinExpression(builder.new_id(), call.span, target)
    return nodes.TryAcquireExpression(builder.new_id(), call.span, None, target)


def _say_written(
    builder: ExpressionBuilder, code: str, span: Span, shown: str, written: str
) -> None:
    first = written.split()[0]
    if code == "CL0232":
        message = f"there is no method `{shown}`"
    elif first == shown:
        message = f"`{shown}` is written without parentheses"
    else:
        message = f"there is no function `{shown}`"
    builder.say(
        Diagnostic(
            code,
            message,
            span,
            helps=(f"write `{written}`",),
            fix=Fix(span, written),
        )
    )


def _atomic(
    builder: ExpressionBuilder, call: nodes.CallExpression, callee: nodes.FieldExpression
) -> nodes.Expression:
    name = callee.name
    meant = ATOMICS[name.text]
    arguments = call.arguments
    if name.text.startswith("increment") and not arguments:
        arguments = (nodes.IntLiteral(builder.new_id(), name.span, 1),)
    text = builder.bag.source.slice(callee.base.span)
    inside = ", ".join(builder.bag.source.slice(a.span) for a in call.arguments) or "1"
    help = f"write `{text}.{meant}({inside})`"
    builder.report("CL0232", name.span, f"`.{name.text}()` is called `.{meant}()`", help=help)
    named = nodes.Name(builder.new_id(), name.span, meant)
    field = nodes.FieldExpression(builder.new_id(), callee.span, callee.base, named)
    return nodes.CallExpression(builder.new_id(), call.span, field, arguments)


def call_statement(
    builder: ExpressionBuilder, call: nodes.CallExpression
) -> nodes.Statement | None:
    """A statement such as `acquire(m)`, `m.lock()` or `println(x)` as it is meant; else None."""
    callee, arguments = call.callee, call.arguments
    if isinstance(callee, nodes.NameExpression):
        if callee.name in builder.functions:
            return None
        return _verb_call(builder, call, callee.name)
    if not isinstance(callee, nodes.FieldExpression):
        return None
    name = callee.name.text
    if name in METHODS and len(arguments) <= 1:
        return _operate(builder, call, "CL0232", (f".{name}()", METHODS[name]), callee.base)
    if name in SENDS and len(arguments) == 1:
        return _send(builder, call, f".{name}()", callee.base, arguments[0])
    if name == "store" and len(arguments) == 1:
        return _store(builder, call, callee.base, arguments[0])
    return slips_library.statement(builder, call)


def _verb_call(
    builder: ExpressionBuilder, call: nodes.CallExpression, name: str
) -> nodes.Statement | None:
    arguments = call.arguments
    if name in VERBS and 1 <= len(arguments) <= 2:
        return _operate(builder, call, "CL0231", (name, VERBS[name]), arguments[0])
    if name in SENDS and len(arguments) == 2:
        return _send(builder, call, name, *arguments)
    if name in PERMITTING and len(arguments) == 1:
        verb = PERMITTING[name]
        return _operate(builder, call, "CL0231", (name, verb), arguments[0])
    if name in PRINTS and len(arguments) >= 1:
        text = slips_library.printed(builder, arguments)
        _say_written(builder, "CL0231", call.span, name, f"print {text}")
        return nodes.ErrorStatement(builder.new_id(), call.span)
    return None


def _word(builder: ExpressionBuilder, target: nodes.Expression) -> str:
    """The name that something starts with: `slots` in `slots[i]`."""
    return re.split(r"\W", builder.bag.source.slice(target.span), maxsplit=1)[0]


def _declared(builder: ExpressionBuilder, kind: str, target: nodes.Expression) -> bool:
    """Does the file declare this name as such an object, as far as one can see by now?"""
    text = builder.bag.source.text
    return re.search(rf"\b{kind}\s+{_word(builder, target)}\b", text) is not None


def _operate(
    builder: ExpressionBuilder,
    call: nodes.CallExpression,
    code: str,
    names: tuple[str, str],
    target: nodes.Expression,
) -> nodes.Statement:
    shown, verb = names
    if verb in PERMITS and _declared(builder, "semaphore", target):
        verb = PERMITS[verb]
    written = f"{verb} {builder.bag.source.slice(target.span)}"
    _say_written(builder, code, call.span, shown, written)
    return nodes.OperateStatement(builder.new_id(), call.span, verb, None, target)


def _send(
    builder: ExpressionBuilder,
    call: nodes.CallExpression,
    shown: str,
    channel: nodes.Expression,
    value: nodes.Expression,
) -> nodes.Statement:
    cut = builder.bag.source.slice
    code = "CL0232" if shown.startswith(".") else "CL0231"
    _say_written(builder, code, call.span, shown, f"{cut(channel.span)} <- {cut(value.span)}")
    return nodes.SendStatement(builder.new_id(), call.span, channel, value)


def _store(
    builder: ExpressionBuilder,
    call: nodes.CallExpression,
    cell: nodes.Expression,
    value: nodes.Expression,
) -> nodes.Statement:
    cut = builder.bag.source.slice
    _say_written(builder, "CL0232", call.span, ".store()", f"{cut(cell.span)} = {cut(value.span)}")
    return nodes.AssignStatement(builder.new_id(), call.span, cell, "=", value)


# ----------------------------------------------------------------- statements


def no_effect(builder: ExpressionBuilder, value: nodes.Expression) -> None:
    """An expression that does nothing, as a statement."""
    from conclang.diagnostics.spelling import suggestion

    text = builder.bag.source.slice(value.span)
    if any(value.span.start <= e.span.start < value.span.end for e in builder.bag.errors):
        return  # what was wrong in it is likely to be the reason
    shown = text if len(text) <= 40 else text[:37] + "…"
    message = f"`{shown}` does nothing as a statement"
    help = "give the value a name with `let`, or leave the line out"
    if isinstance(value, nodes.CompareExpression) and value.operators == ("==",):
        left, right = (builder.bag.source.slice(o.span) for o in value.operands)
        message, help = "`==` only compares", f"write `{left} = {right}` to assign"
    elif isinstance(value, nodes.NameExpression) and value.name in ("pass", "skip", "nop"):
        message, help = f"there is no `{value.name}`", "leave it out: a block may be empty"
    elif isinstance(value, nodes.NameExpression) and value.name in VERBS:
        message, help = f"`{value.name}` needs a name behind it", f"write `{value.name} NAME`"
    elif isinstance(value, nodes.NameExpression) and suggestion(value.name, ALONE):
        meant = suggestion(value.name, ALONE)
        message = f"there is no `{value.name}`"
        builder.report("CL0207", value.span, message, help=f"did you mean `{meant}`?")
        return
    elif isinstance(value, nodes.NameExpression) and value.name in ("fallthrough", "end", "done"):
        message, help = f"there is no `{value.name}`", "leave it out"
    elif isinstance(value, nodes.UnaryExpression) and _twice_minus(value):
        name = text.strip("-() ")
        builder.report("CL0218", value.span, "there is no `--`", help=f"write `{name} -= 1`")
        return
    builder.report("CL0249", value.span, message, help=help)


def _twice_minus(value: nodes.UnaryExpression) -> bool:
    inner = value.operand
    return (
        value.operator == "-"
        and isinstance(inner, nodes.UnaryExpression)
        and inner.operator == "-"
        and inner.span.start == value.span.start + 1
    )


def target(builder: ExpressionBuilder, target: nodes.Expression, value: nodes.Expression) -> None:
    """What stands left of an assignment and cannot be assigned to."""
    places = (
        nodes.NameExpression,
        nodes.IndexExpression,
        nodes.FieldExpression,
        nodes.ErrorExpression,
    )
    if isinstance(target, places):
        return
    text = builder.bag.source.slice(target.span)
    if isinstance(target, nodes.TupleExpression):
        message = "a tuple is taken apart with `let`"
        builder.report("CL0250", target.span, message, help=f"write `let {text} = …`")
        return
    if isinstance(target, nodes.CallExpression):
        help = "assign to a variable or to an element of an array"
    else:
        help = f"the variable stands on the left: `{builder.bag.source.slice(value.span)} = {text}`"
        if not isinstance(value, nodes.NameExpression):
            help = "assign to a variable or to an element of an array"
    builder.report("CL0250", target.span, f"`{text[:40]}` cannot be assigned to", help=help)


def iterable(builder: ExpressionBuilder, value: nodes.Expression) -> nodes.Expression:
    """`for i in range(n)` and `for i in 5` as ranges."""
    cut = builder.bag.source.slice
    if isinstance(value, nodes.IntLiteral):
        message = "a `for` goes over a range, not over a number"
        builder.report("CL0229", value.span, message, help=f"write `0..{value.value}`")
        start = nodes.IntLiteral(builder.new_id(), value.span, 0)
        return nodes.RangeExpression(builder.new_id(), value.span, start, value)
    if not isinstance(value, nodes.CallExpression) or not isinstance(
        value.callee, nodes.NameExpression
    ):
        return value
    if value.callee.name != "range" or "range" in builder.functions:
        return value
    bounds = value.arguments
    if not 1 <= len(bounds) <= 2:
        message = "a range has no step"
        help = "write `0..n` and work out the number from that: `let k = i * step`"
        builder.report("CL0236", value.span, message, help=help)
        return nodes.ErrorExpression(builder.new_id(), value.span)
    texts = [cut(bound.span) for bound in bounds]
    first, last = texts if len(texts) == 2 else ("0", texts[0])
    written = f"{first}..{last}"
    builder.say(
        Diagnostic(
            "CL0236",
            "a range is written with two dots",
            value.span,
            helps=(f"write `{written}`",),
            fix=Fix(value.span, written),
        )
    )
    if len(bounds) == 2:
        return nodes.RangeExpression(builder.new_id(), value.span, *bounds)
    start = nodes.IntLiteral(builder.new_id(), value.span, 0)
    return nodes.RangeExpression(builder.new_id(), value.span, start, bounds[0])
