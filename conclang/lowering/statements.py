"""Statements to micro-ops.

A block that must be left properly (`lock`, `read`, `write`, `section`, `atomic`) is pushed on the
writer's list of open blocks; every way out (`break`, `continue`, `return`, the end) writes the
micro-ops that leave the blocks it crosses, innermost first.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.diagnostics.source import Span
from conclang.ir.ops import OpKind
from conclang.ir.program import Arm, Part, Select, Template
from conclang.lowering.emit import Loop
from conclang.lowering.expressions import _ARITHMETIC, ExpressionLowering
from conclang.semantics.symbols import Kind, Symbol
from conclang.syntax import nodes as n

_K = OpKind

# (verb, side, kind of object) -> micro-op
_VERBS: dict[tuple[str, str | None, Kind], OpKind] = {
    ("acquire", None, Kind.LOCK): _K.ACQUIRE,
    ("release", None, Kind.LOCK): _K.RELEASE,
    ("acquire", None, Kind.SEMAPHORE): _K.DOWN,
    ("release", None, Kind.SEMAPHORE): _K.UP,
    ("acquire", "read", Kind.RWLOCK): _K.READ_ACQUIRE,
    ("release", "read", Kind.RWLOCK): _K.READ_RELEASE,
    ("acquire", "write", Kind.RWLOCK): _K.WRITE_ACQUIRE,
    ("release", "write", Kind.RWLOCK): _K.WRITE_RELEASE,
    ("wait", None, Kind.CONDITION): _K.WAIT,
    ("wait", None, Kind.EVENT): _K.EVENT_WAIT,
    ("wait", None, Kind.BARRIER): _K.BARRIER_WAIT,
    ("signal", None, Kind.CONDITION): _K.SIGNAL,
    ("broadcast", None, Kind.CONDITION): _K.BROADCAST,
    ("signal", None, Kind.EVENT): _K.EVENT_SET,
    ("reset", None, Kind.EVENT): _K.EVENT_RESET,
    ("close", None, Kind.CHANNEL): _K.CLOSE,
}
_SIDES = {
    "read": (_K.READ_ACQUIRE, _K.READ_RELEASE),
    "write": (_K.WRITE_ACQUIRE, _K.WRITE_RELEASE),
}


class StatementLowering(ExpressionLowering):
    """Writes the statements of one code."""

    def block(self, block: n.Block) -> None:
        for statement in block.statements:
            self.statement(statement)

    def statement(self, node: n.Statement) -> None:
        self.w.forget_temporaries()
        handler = _STATEMENTS[type(node)]
        with self.w.at(_site_span(node)):
            handler(self, node)

    def declare(self, name: n.Name, symbol: Symbol) -> int:
        slot = self.w.local(name.text, self.world.shape(symbol))
        self.slots[symbol] = slot
        return slot

    def keep(self, operand: int) -> int:
        """An operand that stays good for the statements inside."""
        if operand < 0:
            return operand
        slot = self.w.hidden()
        self.w.move(slot, operand)
        return slot

    # -- variables

    def _let(self, node: n.LetStatement) -> None:
        """The names come into being after the value: it cannot speak of them."""
        symbols = [self.world.declared(name) for name in node.names]
        shapes = [self.world.shape(symbol) for symbol in symbols]
        slots = [
            self.w.local(name.text, shape) for name, shape in zip(node.names, shapes, strict=True)
        ]
        if len(slots) == 2 and isinstance(node.value, n.ReceiveExpression):
            channel = self.object(node.value.channel)
            self.w.emit(_K.RECEIVE, *slots, channel, shapes[0].width)
        else:
            self.value(node.value, slots[0])
        self.slots.update(zip(symbols, slots, strict=True))

    def _assign(self, node: n.AssignStatement) -> None:
        target = node.target
        while isinstance(target, n.ParenExpression):
            target = target.inner
        symbol = self.world.named(target)
        if isinstance(target, n.IndexExpression):
            symbol = self.world.named(target.base)
        if symbol is not None and symbol.kind in (Kind.SHARED, Kind.ATOMIC):
            self._assign_cell(node, target, symbol)
        elif isinstance(target, n.IndexExpression):
            self._assign_element(node, target)
        else:
            self._assign_local(node, target)

    def _assign_cell(self, node: n.AssignStatement, target: n.Expression, symbol: Symbol) -> None:
        write = _K.STORE if symbol.kind is Kind.ATOMIC else _K.WRITE
        if not isinstance(target, n.IndexExpression) and self.world.words(symbol) > 1:
            first = self.value(node.value)
            for offset in range(self.world.words(symbol)):
                address = self.w.constant(self.world.base(symbol) + offset)
                self.w.emit(write, address, first + offset)
            return
        address = self.object(target)
        if node.operator == "=":
            self.w.emit(write, address, self.value(node.value))
            return
        old = self.read_cell(symbol, address, None)
        self.w.emit(write, address, self._combined(node, old))

    def _combined(self, node: n.AssignStatement, old: int, into: int | None = None) -> int:
        """`old OP value` of an augmented assignment."""
        right = self.value(node.value)
        slot = self.w.temporary() if into is None else into
        self.w.emit(_ARITHMETIC[node.operator[0]], slot, old, right)
        return slot

    def _assign_local(self, node: n.AssignStatement, target: n.Expression) -> None:
        slot = self.slots[self.world.symbol(target)]
        if node.operator != "=":
            self._combined(node, slot, slot)
            return
        width = self.width(target)
        self.w.move(slot, self.value(node.value), width)

    def _assign_element(self, node: n.AssignStatement, target: n.IndexExpression) -> None:
        array = self.world.shape_of(target.base)
        first, index = self.value(target.base), self.value(target.index)
        width = array.items[0].width
        if node.operator == "=":
            value = self._in_slots(self.value(node.value), width)
        else:
            old = self.w.temporary()
            self.w.emit(_K.GET, old, first, index, array.count, width)
            value = self._combined(node, old)
        self.w.emit(_K.PUT, value, first, index, array.count, width)

    def _in_slots(self, operand: int, width: int) -> int:
        """Runs of words are read from slots: a constant is brought into one."""
        if operand >= 0 or width != 1:
            return operand
        slot = self.w.temporary()
        self.w.move(slot, operand)
        return slot

    # -- control

    def _if(self, node: n.IfStatement) -> None:
        then, otherwise, end = self.w.label(), self.w.label(), self.w.label()
        self.condition(node.condition, then, otherwise)
        self.w.place(then)
        self.block(node.then)
        if node.otherwise is not None:
            self.w.jump(end)
        self.w.place(otherwise)
        if isinstance(node.otherwise, n.Block):
            self.block(node.otherwise)
        elif node.otherwise is not None:
            self.statement(node.otherwise)
        self.w.place(end)

    def _while(self, node: n.WhileStatement) -> None:
        body, end = self.w.label(), self.w.label()
        with _looping(self, end) as again:
            self.condition(node.condition, body, end)
            self.w.place(body)
            self.block(node.body)
            self.w.jump(again)
        self.w.place(end)

    def _loop(self, node: n.LoopStatement) -> None:
        end = self.w.label()
        with _looping(self, end) as again:
            self.block(node.body)
            self.w.jump(again)
        self.w.place(end)

    def _repeat(self, node: n.RepeatStatement) -> None:
        left = self.w.hidden()
        self.w.move(left, self.value(node.count))
        test, body, end = self.w.label(), self.w.label(), self.w.label()
        enough = self.w.temporary()
        self.w.place(test)
        self.w.emit(_K.LE, enough, left, self.w.constant(0))
        self.w.branch(enough, end, body)
        self.w.place(body)
        self.w.emit(_K.SUB, left, left, self.w.constant(1))
        self.w.loops.append(Loop(end, test, len(self.w.open)))
        self.block(node.body)
        self.w.loops.pop()
        self.w.jump(test)
        self.w.place(end)

    def _for(self, node: n.ForStatement) -> None:
        iterable = node.iterable
        while isinstance(iterable, n.ParenExpression):
            iterable = iterable.inner
        if isinstance(iterable, n.RangeExpression):
            self._for_range(node, iterable)
        elif self.world.is_channel(iterable):
            self._for_channel(node, iterable)
        else:
            self._for_array(node, iterable)

    def _for_range(self, node: n.ForStatement, bounds: n.RangeExpression) -> None:
        counter, last = self.w.hidden(), self.w.hidden()
        self.w.move(counter, self.value(bounds.start))
        self.w.move(last, self.value(bounds.end))
        self._count(node, counter, last, lambda variable: self.w.move(variable, counter))

    def _for_array(self, node: n.ForStatement, array: n.Expression) -> None:
        shape = self.world.shape_of(array)
        counter = self.w.hidden()
        self.w.move(counter, self.w.constant(0))
        symbol = self.world.named(array)
        shared = symbol is not None and symbol.kind in (Kind.SHARED, Kind.ATOMIC)
        first = -1
        if not shared:
            first = self.w.local("", shape)
            self.value(array, first)

        def element(variable: int) -> None:
            if shared and symbol is not None:
                address = self.w.temporary()
                base = self.world.base(symbol)
                self.w.emit(_K.INDEX, address, base, counter, shape.count)
                self.read_cell(symbol, address, variable)
            else:
                width = shape.items[0].width
                self.w.emit(_K.GET, variable, first, counter, shape.count, width)

        self._count(node, counter, self.w.constant(shape.count), element)

    def _count(
        self, node: n.ForStatement, counter: int, last: int, element: Callable[[int], None]
    ) -> None:
        """The common loop: while counter < last: variable = element; counter += 1; body."""
        test, body, end = self.w.label(), self.w.label(), self.w.label()
        variable = self.declare(node.name, self.world.declared(node.name))
        more = self.w.temporary()
        self.w.place(test)
        self.w.emit(_K.LT, more, counter, last)
        self.w.branch(more, body, end)
        self.w.place(body)
        element(variable)
        self.w.emit(_K.ADD, counter, counter, self.w.constant(1))
        self.w.loops.append(Loop(end, test, len(self.w.open)))
        self.block(node.body)
        self.w.loops.pop()
        self.w.jump(test)
        self.w.place(end)

    def _for_channel(self, node: n.ForStatement, channel: n.Expression) -> None:
        operand = self.keep(self.object(channel))
        symbol = self.world.declared(node.name)
        variable = self.declare(node.name, symbol)
        ok = self.w.hidden()
        body, end = self.w.label(), self.w.label()
        with _looping(self, end) as again:
            width = self.world.shape(symbol).width
            self.w.emit(_K.RECEIVE, variable, ok, operand, width)
            self.w.branch(ok, body, end)
            self.w.place(body)
            self.block(node.body)
            self.w.jump(again)
        self.w.place(end)

    def _break(self, node: n.BreakStatement) -> None:
        loop = self.w.loops[-1]
        self.w.leave_down_to(loop.depth)
        self.w.jump(loop.leave)

    def _continue(self, node: n.ContinueStatement) -> None:
        loop = self.w.loops[-1]
        self.w.leave_down_to(loop.depth)
        self.w.jump(loop.again)

    def _return(self, node: n.ReturnStatement) -> None:
        if node.value is None:
            self.w.leave_down_to(0)
            self.w.emit(_K.RETURN, 0, 0)
            return
        width = self.width(node.value)
        result = self.w.temporary(max(width, 1))
        self.value(node.value, result)
        self.w.leave_down_to(0)
        self.w.emit(_K.RETURN, result, width)

    # -- time

    def _work(self, node: n.WorkStatement) -> None:
        self.w.emit(_K.WORK, self.value(node.amount))

    def _sleep(self, node: n.SleepStatement) -> None:
        self.w.emit(_K.SLEEP, self.value(node.amount))

    def _io(self, node: n.IoStatement) -> None:
        amount = self.value(node.amount)
        device = self.w.constant(-1) if node.device is None else self.object(node.device)
        self.w.emit(_K.IO, amount, device)

    def _yield(self, node: n.YieldStatement) -> None:
        self.w.emit(_K.YIELD)

    # -- blocks

    def _guarded(self, take: OpKind, give: OpKind, parts: tuple[n.Expression, n.Block]) -> None:
        target, body = parts
        operand = self.keep(self.object(target))
        self.w.emit(take, operand)
        self.w.enter(give, operand, _closing_brace(body))
        self.block(body)
        self.w.leave()

    def _lock(self, node: n.LockStatement) -> None:
        self._guarded(_K.ACQUIRE, _K.RELEASE, (node.target, node.body))

    def _rw(self, node: n.RwStatement) -> None:
        self._guarded(*_SIDES[node.side], (node.target, node.body))

    def _section(self, node: n.SectionStatement) -> None:
        number = self.world.section(node)
        self.w.emit(_K.ENTER, number)
        self.w.enter(_K.LEAVE, number, _closing_brace(node.body))
        self.block(node.body)
        self.w.leave()

    def _atomic(self, node: n.AtomicStatement) -> None:
        self.w.emit(_K.ATOMIC)
        self.w.enter(_K.ATOMIC_END, 0, _closing_brace(node.body))
        self.block(node.body)
        self.w.leave()

    # -- objects and channels

    def _operate(self, node: n.OperateStatement) -> None:
        kind = _VERBS[node.verb, node.side, self.world.object_kind(node.target)]
        operand = self.object(node.target)
        if kind is _K.WAIT:
            operand = self.keep(operand)
        self.w.emit(kind, operand)
        if kind is _K.WAIT:
            self.w.emit(_K.RETAKE, operand)

    def _send(self, node: n.SendStatement) -> None:
        channel = self.object(node.channel)
        width = self.width(node.value)
        value = self._in_slots(self.value(node.value), width)
        self.w.emit(_K.SEND, channel, value, width)

    def _select(self, node: n.SelectStatement) -> None:
        arms = [self._arm(arm) for arm in node.arms]
        self.w.all.selects.append(Select(tuple(arms)))
        self.w.emit(_K.SELECT, len(self.w.all.selects) - 1)
        end = self.w.label()
        for arm, made in zip(node.arms, arms, strict=True):
            self.w.place(made.target)
            self.block(arm.body)
            self.w.jump(end)
        self.w.place(end)

    def _arm(self, arm: n.SelectArm) -> Arm:
        target, site = self.w.label(), self.w.all.site(_arm_span(arm))
        if arm.kind == "default" or arm.channel is None:
            value = self.value(arm.value) if arm.value is not None else 0
            return Arm(arm.kind, value=value, target=target, site=site)
        channel = self.object(arm.channel)
        if arm.kind == "send" and arm.value is not None:
            width = self.width(arm.value)
            value = self._in_slots(self.value(arm.value), width)
            return Arm("send", channel, value, words=width, target=target, site=site)
        width = self.world.message_shape(arm.channel).width
        slots = [-1, -1]
        for at, name in enumerate(arm.names):
            self.w.protect_temporaries()
            slots[at] = self.declare(name, self.world.declared(name))
        return Arm("receive", channel, slots[0], slots[1], width, target, site)

    # -- the rest

    def _print(self, node: n.PrintStatement) -> None:
        template = self.template(node.value)
        self.w.all.templates.append(template)
        self.w.emit(_K.PRINT, len(self.w.all.templates) - 1)

    def template(self, node: n.Expression) -> Template:
        while isinstance(node, n.ParenExpression):
            node = node.inner
        if not isinstance(node, n.StringLiteral):
            return Template((self._part(node),))
        return Template(tuple(Part(p) if isinstance(p, str) else self._part(p) for p in node.parts))

    def _part(self, node: n.Expression) -> Part:
        """A value to show, evaluated now: later parts' reads must not change it."""
        return Part("", self.value(node), self.world.shape_of(node))

    def _assert(self, node: n.AssertStatement) -> None:
        if node.message is None or self._plain(node.message):
            message = self._message(node.message)
            self.w.emit(_K.ASSERT, self.value(node.condition), message)
            return
        good, bad = self.w.label(), self.w.label()
        self.condition(node.condition, good, bad)
        self.w.place(bad)
        before, self.w.peeks = self.w.peeks, True
        message = self._message(node.message)
        self.w.peeks = before
        self.w.emit(_K.ASSERT, self.w.constant(False), message)
        self.w.place(good)

    @staticmethod
    def _plain(message: n.Expression) -> bool:
        return isinstance(message, n.StringLiteral) and all(
            isinstance(part, str) for part in message.parts
        )

    def _message(self, node: n.Expression | None) -> int:
        self.w.all.messages.append(Template(()) if node is None else self.template(node))
        return len(self.w.all.messages) - 1

    def _expression(self, node: n.ExpressionStatement) -> None:
        self.value(node.value)

    def _error(self, node: n.Statement) -> None:
        raise AssertionError("a scenario with mistakes is never lowered")


class _looping:
    """A loop whose `continue` goes to where it begins."""

    def __init__(self, lowering: StatementLowering, leave: int) -> None:
        self._w, self._leave = lowering.w, leave

    def __enter__(self) -> int:
        again = self._w.label()
        self._w.place(again)
        self._w.loops.append(Loop(self._leave, again, len(self._w.open)))
        return again

    def __exit__(self, *_: object) -> None:
        self._w.loops.pop()


def _closing_brace(block: n.Block) -> Span:
    return Span(max(block.span.start, block.span.end - 1), block.span.end)


def _arm_span(arm: n.SelectArm) -> Span:
    return Span(arm.span.start, max(arm.span.start, arm.body.span.start))


def _site_span(node: n.Statement) -> Span:
    """A statement with a body is shown by its head."""
    body = getattr(node, "body", None) or getattr(node, "then", None)
    if isinstance(node, n.SelectStatement):
        return Span(node.span.start, min(node.span.end, node.span.start + len("select")))
    if not isinstance(body, n.Block):
        return node.span
    return Span(node.span.start, max(node.span.start, body.span.start))


_S = StatementLowering
_STATEMENTS: dict[type, Callable[..., None]] = {
    n.LetStatement: _S._let,
    n.AssignStatement: _S._assign,
    n.IfStatement: _S._if,
    n.WhileStatement: _S._while,
    n.LoopStatement: _S._loop,
    n.RepeatStatement: _S._repeat,
    n.ForStatement: _S._for,
    n.BreakStatement: _S._break,
    n.ContinueStatement: _S._continue,
    n.ReturnStatement: _S._return,
    n.WorkStatement: _S._work,
    n.SleepStatement: _S._sleep,
    n.IoStatement: _S._io,
    n.YieldStatement: _S._yield,
    n.LockStatement: _S._lock,
    n.RwStatement: _S._rw,
    n.OperateStatement: _S._operate,
    n.SendStatement: _S._send,
    n.SelectStatement: _S._select,
    n.AtomicStatement: _S._atomic,
    n.SectionStatement: _S._section,
    n.PrintStatement: _S._print,
    n.AssertStatement: _S._assert,
    n.ExpressionStatement: _S._expression,
    n.ErrorStatement: _S._error,
}
