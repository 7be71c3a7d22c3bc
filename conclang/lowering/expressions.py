"""Expressions to micro-ops.

Every method gives back a *value operand*: a slot (`>= 0`) or a constant (`< 0`). A value wider than
one word always lies in slots and is named by its first. With `into` the value ends up there.

Evaluation is left to right, and a cell is read when its turn comes: the slot of a local may be
named instead of copied, because nothing inside an expression can change a local.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.ir.ops import OpKind
from conclang.lowering.emit import CodeWriter
from conclang.lowering.world import World
from conclang.semantics.symbols import Kind, Symbol
from conclang.syntax import nodes as n

_K = OpKind

_ARITHMETIC = {"+": _K.ADD, "-": _K.SUB, "*": _K.MUL, "/": _K.DIV, "%": _K.MOD}
# operator -> (micro-op, operands swapped?)
_COMPARE = {
    "==": (_K.EQ, False),
    "!=": (_K.NE, False),
    "<": (_K.LT, False),
    "<=": (_K.LE, False),
    ">": (_K.LT, True),
    ">=": (_K.LE, True),
}
_TRIES = {None: _K.TRY, "read": _K.READ_TRY, "write": _K.WRITE_TRY}
_STARTS = {"spawn": _K.SPAWN, "go": _K.GO, "async": _K.ASYNC}


class ExpressionLowering:
    """Writes expressions through a CodeWriter; the statements' half derives from it."""

    def __init__(self, writer: CodeWriter, world: World) -> None:
        self.w = writer
        self.world = world
        self.slots: dict[Symbol, int] = {}

    # -- entry points

    def value(self, node: n.Expression, into: int | None = None) -> int:
        """The operand that holds the value of `node`."""
        folded = self.world.folded(node)
        if folded is not None:
            return self._result(self.w.constant(folded), into)
        return _VALUES[type(node)](self, node, into)

    def width(self, node: n.Expression) -> int:
        return self.world.shape_of(node).width

    def run(self, items: tuple[n.Expression, ...]) -> tuple[int, int]:
        """Values side by side: first slot and number of words."""
        widths = [self.width(item) for item in items]
        first = self.w.temporary(sum(widths))
        at = first
        for item, width in zip(items, widths, strict=True):
            self.value(item, at)
            at += width
        return first, sum(widths)

    def condition(self, node: n.Expression, then: int, otherwise: int) -> None:
        """Jump to one of two labels; `and`, `or` and `not` become control flow."""
        if isinstance(node, n.ParenExpression):
            return self.condition(node.inner, then, otherwise)
        folded = self.world.folded(node)
        if folded is not None:
            return self.w.jump(then if folded else otherwise)
        if isinstance(node, n.UnaryExpression) and node.operator == "not":
            return self.condition(node.operand, otherwise, then)
        if isinstance(node, n.BinaryExpression) and node.operator in ("and", "or"):
            middle = self.w.label()
            first = (middle, otherwise) if node.operator == "and" else (then, middle)
            self.condition(node.left, *first)
            self.w.place(middle)
            return self.condition(node.right, then, otherwise)
        return self.w.branch(self.value(node), then, otherwise)

    def _result(self, operand: int, into: int | None, width: int = 1) -> int:
        if into is None or into == operand:
            return operand
        self.w.move(into, operand, width)
        return into

    def _slot(self, into: int | None, width: int = 1) -> int:
        return self.w.temporary(max(width, 1)) if into is None else into

    # -- names, cells and objects

    def object(self, node: n.Expression) -> int:
        """The number of the object (or the address of the cell) that `node` names."""
        if isinstance(node, n.ParenExpression):
            return self.object(node.inner)
        base = node.base if isinstance(node, n.IndexExpression) else node
        symbol = self.world.named(base)
        if symbol is None or symbol.kind is Kind.LOCAL:  # a channel as a value
            return self.value(node)
        if isinstance(node, n.IndexExpression):
            return self._element(symbol, node.index)
        return self.w.constant(self.world.base(symbol))

    def _element(self, symbol: Symbol, index: n.Expression) -> int:
        base, size = self.world.base(symbol), self.world.size(symbol)
        first = self.world.first(symbol)  # a family of threads may start elsewhere than at 0
        folded = self.world.folded(index)
        if folded is not None and first <= int(folded) < first + size:
            return self.w.constant(base + int(folded) - first)
        operand = self.value(index)
        slot = self.w.temporary()
        if first:
            self.w.emit(_K.SUB, slot, operand, self.w.constant(first))
            operand = slot
        self.w.emit(_K.INDEX, slot, base, operand, size)
        return slot

    def read_cell(self, symbol: Symbol, address: int, into: int | None) -> int:
        slot = self._slot(into)
        self.w.emit(self._reader(symbol), slot, address)
        return slot

    def _reader(self, symbol: Symbol) -> OpKind:
        if self.w.peeks:
            return _K.PEEK
        return _K.LOAD if symbol.kind is Kind.ATOMIC else _K.READ

    def _name(self, node: n.NameExpression | n.FieldExpression, into: int | None) -> int:
        symbol = self.world.symbol(node)
        if symbol in self.slots:
            return self._result(self.slots[symbol], into, self.width(node))
        if symbol.kind in (Kind.SHARED, Kind.ATOMIC):
            return self._whole_cell(symbol, into)
        if symbol.kind is Kind.BUILTIN:
            slot = self._slot(into)
            self.w.emit(_K.SELF if symbol.name == "self" else _K.NOW, slot)
            return slot
        if symbol.kind is Kind.CONSTANT:
            return self._constant_words(node, into)
        handle = 1 if symbol.kind is Kind.THREAD else 0  # otherwise a channel
        return self._result(self.w.constant(self.world.base(symbol) + handle), into)

    def _constant_words(self, node: n.Expression, into: int | None) -> int:
        """A constant that is an array or a tuple, word by word."""
        words = self.world.flat_value(node)
        first = self._slot(into, len(words))
        for offset, word in enumerate(words):
            self.w.move(first + offset, self.w.constant(word))
        return first

    def _whole_cell(self, symbol: Symbol, into: int | None) -> int:
        base, size = self.world.base(symbol), self.world.words(symbol)
        first = self._slot(into, size)
        for offset in range(size):
            self.w.emit(self._reader(symbol), first + offset, self.w.constant(base + offset))
        return first

    def _index(self, node: n.IndexExpression, into: int | None) -> int:
        symbol = self.world.named(node.base)
        if symbol is not None and symbol.kind in (Kind.SHARED, Kind.ATOMIC):
            return self.read_cell(symbol, self._element(symbol, node.index), into)
        if symbol is not None and symbol.kind is Kind.CHANNEL:
            return self._result(self._element(symbol, node.index), into)
        if symbol is not None and symbol.kind is Kind.THREAD:
            return self._thread_handle(self._element(symbol, node.index), into)
        return self._local_element(node, into)

    def _thread_handle(self, number: int, into: int | None) -> int:
        """The handle of a declared thread is its number plus one."""
        if number < 0:
            known = self.w.all.constants[~number]
            assert isinstance(known, int)
            return self._result(self.w.constant(known + 1), into)
        slot = self._slot(into)
        self.w.emit(_K.ADD, slot, number, self.w.constant(1))
        return slot

    def _local_element(self, node: n.IndexExpression, into: int | None) -> int:
        array = self.world.shape_of(node.base)
        first = self.value(node.base)
        index = self.value(node.index)
        width = array.items[0].width
        slot = self._slot(into, width)
        self.w.emit(_K.GET, slot, first, index, array.count, width)
        return slot

    # -- arithmetic and logic

    def _paren(self, node: n.ParenExpression, into: int | None) -> int:
        return self.value(node.inner, into)

    def _unary(self, node: n.UnaryExpression, into: int | None) -> int:
        operand = self.value(node.operand)
        slot = self._slot(into)
        self.w.emit(_K.NEG if node.operator == "-" else _K.NOT, slot, operand)
        return slot

    def _binary(self, node: n.BinaryExpression, into: int | None) -> int:
        if node.operator in ("and", "or"):
            return self._truth(node, into)
        left = self.value(node.left)
        right = self.value(node.right)
        slot = self._slot(into)
        self.w.emit(_ARITHMETIC[node.operator], slot, left, right)
        return slot

    def _truth(self, node: n.Expression, into: int | None) -> int:
        """A short-circuit expression as a value, by way of control flow."""
        slot = self._slot(into)
        yes, no, end = self.w.label(), self.w.label(), self.w.label()
        self.condition(node, yes, no)
        self.w.place(yes)
        self.w.move(slot, self.w.constant(True))
        self.w.jump(end)
        self.w.place(no)
        self.w.move(slot, self.w.constant(False))
        self.w.place(end)
        return slot

    def _compare(self, node: n.CompareExpression, into: int | None) -> int:
        """A chain stops at its first false link; middle operands are evaluated once."""
        slot = self._slot(into)
        end = self.w.label()
        shape = self.world.shape_of(node.operands[0])
        left = self.value(node.operands[0])
        for at, operator in enumerate(node.operators):
            right = self.value(node.operands[at + 1])
            self._link(operator, slot, (left, right), shape.width)
            left = right
            if at + 1 < len(node.operators):
                going_on = self.w.label()
                self.w.branch(slot, going_on, end)
                self.w.place(going_on)
        self.w.place(end)
        return slot

    def _link(self, operator: str, slot: int, pair: tuple[int, int], width: int) -> None:
        kind, swapped = _COMPARE[operator]
        left, right = reversed(pair) if swapped else pair
        if width <= 1:
            self.w.emit(kind, slot, left, right)
            return
        differ = self.w.label()  # == and != of tuples and arrays: word by word
        for offset in range(width):
            self.w.emit(kind, slot, left + offset, right + offset)
            if offset + 1 < width:
                same = self.w.label()
                self.w.branch(slot, *((same, differ) if kind is _K.EQ else (differ, same)))
                self.w.place(same)
        self.w.place(differ)

    def _items(self, node: n.TupleExpression | n.ArrayExpression, into: int | None) -> int:
        first = self._slot(into, self.width(node))
        at = first
        for item in node.items:
            self.value(item, at)
            at += self.width(item)
        return first

    # -- calls

    def _call(self, node: n.CallExpression, into: int | None) -> int:
        if isinstance(node.callee, n.FieldExpression):
            return self._method(node, node.callee, into)
        symbol = self.world.symbol(node.callee)
        if symbol.kind is Kind.BUILTIN:
            return self._builtin(symbol.name, node, into)
        first, words = self.run(node.arguments)
        width = self.width(node)
        slot = self._slot(into, width) if width else -1
        self.w.emit(_K.CALL, self.world.base(symbol), first, words, slot, width)
        return slot

    def _builtin(self, name: str, node: n.CallExpression, into: int | None) -> int:
        if name == "len":
            length = self.world.shape_of(node.arguments[0]).count
            return self._result(self.w.constant(length), into)
        operands = [self.value(argument) for argument in node.arguments]
        slot = self._slot(into)
        if name == "abs":
            self.w.emit(_K.ABS, slot, operands[0])
            return slot
        kind = _K.MIN if name == "min" else _K.MAX
        if len(operands) == 1:
            return self._least(kind, operands[0], node.arguments[0], slot)
        for at, right in enumerate(operands[1:]):
            self.w.emit(kind, slot, operands[0] if at == 0 else slot, right)
        return slot

    def _least(self, kind: OpKind, first: int, array: n.Expression, slot: int) -> int:
        """`min(a)` of a whole array."""
        self.w.move(slot, first)
        for offset in range(1, self.width(array)):
            self.w.emit(kind, slot, slot, first + offset)
        return slot

    def _method(self, node: n.CallExpression, callee: n.FieldExpression, into: int | None) -> int:
        address = self.object(callee.base)
        operands = [self.value(argument) for argument in node.arguments]
        slot = self._slot(into)
        kind = {"add": _K.FETCH_ADD, "swap": _K.SWAP, "cas": _K.CAS}.get(callee.name.text)
        if kind is not None:
            self.w.emit(kind, slot, address, *operands)
        elif callee.name.text == "load":
            self.w.emit(_K.LOAD, slot, address)
        else:
            self.w.emit(_K.STORE, address, operands[0])
        return slot

    # -- other threads

    def _receive(self, node: n.ReceiveExpression, into: int | None) -> int:
        channel = self.object(node.channel)
        width = self.width(node)
        slot = self._slot(into, width)
        self.w.emit(_K.RECEIVE, slot, -1, channel, width)
        return slot

    def _handle(
        self, kind: OpKind, node: n.Expression, pair: tuple[n.Expression, int | None]
    ) -> int:
        handle = self.value(pair[0])
        width = self.width(node)
        slot = self._slot(pair[1], width) if width else -1
        self.w.emit(kind, slot, handle, width)
        return slot

    def _await(self, node: n.AwaitExpression, into: int | None) -> int:
        return self._handle(_K.AWAIT, node, (node.handle, into))

    def _join(self, node: n.JoinExpression, into: int | None) -> int:
        return self._handle(_K.JOIN, node, (node.handle, into))

    def _try(self, node: n.TryAcquireExpression, into: int | None) -> int:
        target = self.object(node.target)
        slot = self._slot(into)
        semaphore = self.world.object_kind(node.target) is Kind.SEMAPHORE
        self.w.emit(_K.DOWN_TRY if semaphore else _TRIES[node.side], slot, target)
        return slot

    def _spawn(self, node: n.SpawnExpression, into: int | None) -> int:
        code = self.world.base(self.world.symbol(node.callee))
        first, words = self.run(node.arguments)
        kind = _STARTS[node.verb]
        operands = [code, first, words]
        if kind is _K.GO:
            operands.append(self._runtime(node))
        slot = self._slot(into)
        self.w.emit(kind, slot, *operands)
        return slot

    def _runtime(self, node: n.SpawnExpression) -> int:
        if node.runtime is not None:
            return self.object(node.runtime)
        return self.w.constant(self.world.default_runtime())

    def _choose(self, node: n.ChooseExpression, into: int | None) -> int:
        only = node.options[0]
        if len(node.options) == 1 and isinstance(only, n.RangeExpression):
            start, end = self.value(only.start), self.value(only.end)
            slot = self._slot(into)
            self.w.emit(_K.CHOOSE_RANGE, slot, start, end)
            return slot
        return self._choose_one(node, into)

    def _choose_one(self, node: n.ChooseExpression, into: int | None) -> int:
        """Options are alternatives of one type: all are evaluated, then one is taken."""
        first, words = self.run(node.options)
        width = words // len(node.options)
        if width == 1:
            slot = self._slot(into)
            self.w.emit(_K.CHOOSE, slot, first, words)
            return slot
        which = self.w.temporary()
        zero, count = self.w.constant(0), self.w.constant(len(node.options))
        self.w.emit(_K.CHOOSE_RANGE, which, zero, count)
        slot = self._slot(into, width)
        self.w.emit(_K.GET, slot, first, which, len(node.options), width)
        return slot

    def _nothing(self, node: n.Expression, into: int | None) -> int:
        raise AssertionError(f"{type(node).__name__} has no value of its own")


def _string(lowering: ExpressionLowering, node: n.StringLiteral, into: int | None) -> int:
    text = "".join(part for part in node.parts if isinstance(part, str))
    return lowering._result(lowering.w.constant(text), into)


_Handler = Callable[..., int]
_E = ExpressionLowering
_VALUES: dict[type, _Handler] = {
    n.IntLiteral: lambda self, node, into: self._result(self.w.constant(node.value), into),
    n.BoolLiteral: lambda self, node, into: self._result(self.w.constant(node.value), into),
    n.StringLiteral: _string,
    n.NameExpression: _E._name,
    n.FieldExpression: _E._name,
    n.IndexExpression: _E._index,
    n.CallExpression: _E._call,
    n.UnaryExpression: _E._unary,
    n.BinaryExpression: _E._binary,
    n.CompareExpression: _E._compare,
    n.ReceiveExpression: _E._receive,
    n.AwaitExpression: _E._await,
    n.JoinExpression: _E._join,
    n.TryAcquireExpression: _E._try,
    n.SpawnExpression: _E._spawn,
    n.ChooseExpression: _E._choose,
    n.ArrayExpression: _E._items,
    n.TupleExpression: _E._items,
    n.ParenExpression: _E._paren,
    n.RangeExpression: _E._nothing,
    n.DecimalLiteral: _E._nothing,
    n.ErrorExpression: _E._nothing,
}
