"""How many ticks a thread works, where that can be counted without running it.

`sjf` and `srtf` order threads by it. Counted are `work` with a known amount, `repeat` and `for`
with known bounds, `if` with a known condition (or branches that work the same), and calls of
functions whose work is known. Anything else that works gives None: nobody can say.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.semantics.resolved import Resolved
from conclang.semantics.symbols import FunctionData, Symbol, ThreadData, Value
from conclang.semantics.values import Fault, arithmetic, compare
from conclang.syntax import nodes as n

MOST_STEPS = 20_000  # statements looked at for one thread
DEEPEST_CALL = 40


class Uncountable(Exception):
    """The work depends on what happens while the program runs; never leaves this file."""


def countable_work(resolved: Resolved, symbol: Symbol, position: int) -> int | None:
    """Ticks of `work` of one thread of a declaration; None if that cannot be said."""
    if symbol in _last:
        return _last[symbol]
    data, node = symbol.data, symbol.node
    if not isinstance(data, ThreadData) or not isinstance(node, n.ThreadDeclaration):
        return None
    counter = _Counter(resolved)
    if data.index is not None:
        counter.known[data.index] = data.first + position
        counter.watched = data.index
    try:
        total: int | None = counter.block(node.body)
    except (Uncountable, RecursionError):
        total = None
    _last.clear()
    if not counter.used_index:  # the same for the whole family
        _last[symbol] = total
    return total


_last: dict[Symbol, int | None] = {}  # of the family asked about last


class _Counter:
    """Adds up the work of a body with some locals known."""

    def __init__(self, resolved: Resolved) -> None:
        self.refs = resolved.refs
        self.constants = resolved.constants
        self.known: dict[Symbol, Value] = {}
        self.watched: Symbol | None = None
        self.used_index = False
        self.steps = 0
        self.depth = 0

    # ------------------------------------------------------------- statements

    def block(self, block: n.Block) -> int:
        total = 0
        for statement in block.statements:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise Uncountable
            total += self.statement(statement)
            if isinstance(statement, n.ReturnStatement):
                break
        return total

    def statement(self, node: n.Statement) -> int:
        handler = _STATEMENTS.get(type(node))
        if handler is not None:
            return handler(self, node)
        total = 0
        for part in _parts(node):
            if isinstance(part, n.Block):
                total += self.block(part)
            elif isinstance(part, n.Expression):
                total += self.calls(part)
        return total

    def work(self, node: n.WorkStatement) -> int:
        return self.calls(node.amount) + max(0, self.number(node.amount))

    def repeat(self, node: n.RepeatStatement) -> int:
        return self.calls(node.count) + self.times(node.body, lambda: self.number(node.count))

    def times(self, body: n.Block, count: Callable[[], int]) -> int:
        """The work of a body done several times; the count matters only if it works."""
        self.no_exit(body)
        once = self.block(body)
        return once * max(0, count()) if once else 0

    def for_range(self, node: n.ForStatement) -> int:
        self.no_exit(node.body)
        if not _works(node.body):
            return 0
        if not isinstance(node.iterable, n.RangeExpression):
            raise Uncountable
        variable = self.refs.get(node.name.id)
        total = 0
        for number in range(self.number(node.iterable.start), self.number(node.iterable.end)):
            self.steps += 1
            if variable is not None:
                self.known[variable] = number
            total += self.block(node.body)
        return total

    def nothing(self, body: n.Block) -> int:
        """A loop of unknown length is fine if it never works."""
        if _works(body):
            raise Uncountable
        return 0

    def loop(self, node: n.LoopStatement | n.WhileStatement) -> int:
        if isinstance(node, n.WhileStatement) and _has_call(node.condition):
            raise Uncountable
        return self.nothing(node.body)

    def branch(self, node: n.IfStatement) -> int:
        total = 0
        while True:
            total += self.calls(node.condition)
            outcome = self.value(node.condition)
            if outcome is None:
                return total + self.either(node)
            if _contains(node.then, (n.ReturnStatement,)):
                raise Uncountable
            if outcome:
                return total + self.block(node.then)
            if node.otherwise is None:
                return total
            if isinstance(node.otherwise, n.Block):
                return total + self.block(node.otherwise)
            node = node.otherwise

    def either(self, node: n.IfStatement) -> int:
        """Branches taken by an unknown condition must work the same."""
        self.no_return(node.then)
        one = self.block(node.then)
        other = 0
        if isinstance(node.otherwise, n.Block):
            self.no_return(node.otherwise)
            other = self.block(node.otherwise)
        elif node.otherwise is not None:
            other = self.branch(node.otherwise)
        if one != other:
            raise Uncountable
        return one

    def select(self, node: n.SelectStatement) -> int:
        works = {self.block(arm.body) for arm in node.arms}
        if len(works) > 1:
            raise Uncountable
        return works.pop() if works else 0

    def let(self, node: n.LetStatement) -> int:
        total = self.calls(node.value)
        if len(node.names) == 1:
            self.bind(node.names[0], self.value(node.value))
        return total

    def bind(self, name: n.Name, value: Value | None) -> None:
        symbol = self.refs.get(name.id)
        if symbol is not None:
            self.known.pop(symbol, None)
            if value is not None:
                self.known[symbol] = value

    def assign(self, node: n.AssignStatement) -> int:
        total = self.calls(node.value)
        symbol = self.refs.get(node.target.id)
        if symbol is not None and symbol in self.known:
            del self.known[symbol]
        return total

    def no_exit(self, body: n.Block) -> None:
        """A loop that may be left early is not counted."""
        if _contains(body, (n.BreakStatement, n.ContinueStatement, n.ReturnStatement)):
            self.nothing(body)
        self.forget(body)

    def no_return(self, body: n.Block) -> None:
        if _contains(body, (n.ReturnStatement, n.BreakStatement, n.ContinueStatement)):
            raise Uncountable
        self.forget(body)

    def forget(self, body: n.Block) -> None:
        """What a repeated or perhaps skipped body assigns is not known in it or after it."""
        for node in _walk(body):
            if isinstance(node, n.AssignStatement):
                symbol = self.refs.get(node.target.id)
                if symbol is not None:
                    self.known.pop(symbol, None)

    # ------------------------------------------------------------ expressions

    def number(self, node: n.Expression) -> int:
        value = self.value(node)
        if isinstance(value, int):
            return int(value)
        raise Uncountable

    def value(self, node: n.Expression) -> Value | None:
        """The value of an expression, if it is known."""
        value = self.constants.get(node.id)
        if value is not None:
            return value
        match node:
            case n.NameExpression():
                symbol = self.refs.get(node.id)
                if symbol is not None and symbol is self.watched:
                    self.used_index = True
                return self.known.get(symbol) if symbol is not None else None
            case n.ParenExpression():
                return self.value(node.inner)
            case n.BinaryExpression():
                return self.binary(node)
            case n.CompareExpression() if len(node.operators) == 1:
                left, right = self.value(node.operands[0]), self.value(node.operands[1])
                known = left is not None and right is not None
                return compare(node.operators[0], left, right) if known else None  # type: ignore[arg-type]
        return None

    def binary(self, node: n.BinaryExpression) -> Value | None:
        left, right = self.value(node.left), self.value(node.right)
        if not isinstance(left, int) or not isinstance(right, int):
            return None
        if node.operator in ("and", "or"):
            return (left and right) if node.operator == "and" else (left or right)
        try:
            return arithmetic(node.operator, left, right)
        except Fault:
            return None

    def calls(self, node: n.Expression) -> int:
        """The work of the functions that an expression calls."""
        return sum([self.call(call) for call in _calls(node)])

    def call(self, node: n.CallExpression) -> int:
        symbol = self.refs.get(node.callee.id)
        if symbol is None or not isinstance(symbol.data, FunctionData):
            return 0
        function = symbol.node
        if not isinstance(function, n.FunctionDeclaration) or self.depth >= DEEPEST_CALL:
            raise Uncountable
        values = [self.value(argument) for argument in node.arguments]
        before = self.known
        self.known = dict(before)
        for parameter, value in zip(symbol.data.parameters, values, strict=False):
            self.known.pop(parameter, None)
            if value is not None:
                self.known[parameter] = value
        self.depth += 1
        try:
            return self.block(function.body)
        finally:
            self.depth -= 1
            self.known = before


_STATEMENTS: dict[type[n.Statement], Callable[..., int]] = {
    n.WorkStatement: _Counter.work,
    n.RepeatStatement: _Counter.repeat,
    n.ForStatement: _Counter.for_range,
    n.LoopStatement: _Counter.loop,
    n.WhileStatement: _Counter.loop,
    n.IfStatement: _Counter.branch,
    n.SelectStatement: _Counter.select,
    n.LetStatement: _Counter.let,
    n.AssignStatement: _Counter.assign,
}


# ---------------------------------------------------------------- tree walking


def _parts(node: object) -> list[n.Node]:
    """The nodes directly inside a node."""
    found: list[n.Node] = []
    for field in type(node).__match_args__[2:]:  # type: ignore[attr-defined]
        value = getattr(node, field)
        if isinstance(value, n.Node):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend([item for item in value if isinstance(item, n.Node)])
    return found


def _walk(node: n.Node) -> list[n.Node]:
    """A node and everything in it."""
    found: list[n.Node] = []
    stack: list[n.Node] = [node]
    while stack:
        part = stack.pop()
        found.append(part)
        stack.extend(_parts(part))
    return found


def _calls(node: n.Expression) -> list[n.CallExpression]:
    if type(node) in _LEAVES:
        return []
    return [part for part in _walk(node) if isinstance(part, n.CallExpression)]


_LEAVES = frozenset({n.IntLiteral, n.BoolLiteral, n.NameExpression})


def _has_call(node: n.Expression) -> bool:
    return bool(_calls(node))


def _contains(body: n.Block, kinds: tuple[type[n.Node], ...]) -> bool:
    return any(isinstance(part, kinds) for part in _walk(body))


def _works(body: n.Block) -> bool:
    """May a body work, itself or through a call?"""
    return any(isinstance(part, n.WorkStatement | n.CallExpression) for part in _walk(body))
