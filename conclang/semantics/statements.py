"""Statements that decide where a body goes on.

Every handler says whether control surely never comes past its statement: then what follows in the
block cannot be reached.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.diagnostics.source import Span
from conclang.semantics.actions import Actions
from conclang.semantics.operands import plain
from conclang.semantics.symbols import Kind, Symbol
from conclang.semantics.types import BOOL, ERROR, INT, ArrayType, ChannelType, Type, Unknown
from conclang.semantics.unify import prune, unify
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n


class Statements(Actions):
    """Checks all statements of one body."""

    steps: dict[type[n.Statement], Callable[..., bool]]

    def __init__(self, world: World, space: Space, owner: Symbol | None) -> None:
        super().__init__(world, space, owner)
        self.loops: list[list[n.Statement]] = []  # for each loop around: the ways out of it
        self.result: Type | None = None  # of the function; None in a thread
        self.valued: Span | None = None  # the first `return e`
        self.bare: Span | None = None  # the first `return`

    # ------------------------------------------------------------------ blocks

    def block(self, block: n.Block) -> bool:
        """Check the statements of a block in a scope of their own."""
        self.scopes.append({})
        steps = self.steps
        ended = warned = False
        for statement in block.statements:
            if ended and not warned:
                self.unreachable(statement)
                warned = True
            ended = steps[type(statement)](self, statement) or ended
        self.scopes.pop()
        return ended

    def unreachable(self, statement: n.Statement) -> None:
        if not isinstance(statement, n.ErrorStatement):
            text = "this is never reached"
            self.report("CW0306", statement.span, text, label="control never comes here")

    def scoped(self, node: n.LockStatement | n.RwStatement) -> bool:
        """`lock m { }`, `read t { }`."""
        self.world.locks_taken = True
        self.apply("lock" if isinstance(node, n.LockStatement) else node.side, node.target)
        return self.block(node.body)

    def atomic(self, node: n.AtomicStatement) -> bool:
        self.atomic_depth += 1
        ended = self.block(node.body)
        self.atomic_depth -= 1
        return ended

    def section(self, node: n.SectionStatement) -> bool:
        name = node.name
        symbol = self.space.sections.get(name.text)
        if symbol is None:
            entry = Entry(name.text, Kind.SECTION, name.span, node)
            symbol = self.world.symbol(entry, self.space.process)
            self.space.sections[name.text] = symbol
        self.world.refs[name.id] = symbol
        return self.block(node.body)

    # ---------------------------------------------------------------- branches

    def branch(self, node: n.IfStatement) -> bool:
        ended = True
        while True:  # a chain of `else if` may be long
            self.condition(node.condition, "the condition of `if`")
            ended = self.block(node.then) and ended
            otherwise = node.otherwise
            if not isinstance(otherwise, n.IfStatement):
                break
            node = otherwise
        if otherwise is None:
            return False
        return self.block(otherwise) and ended

    def select(self, node: n.SelectStatement) -> bool:
        patient = any(arm.kind == "default" for arm in node.arms)
        self.check_arms(node)
        ended = bool(node.arms)
        for arm in node.arms:
            self.scopes.append({})
            depth = self.atomic_depth
            self.atomic_depth = 0 if patient else depth
            self.arm(arm)
            self.atomic_depth = depth
            ended = self.block(arm.body) and ended
            self.scopes.pop()
        return ended

    def check_arms(self, node: n.SelectStatement) -> None:
        """There is something to wait for, and `default` and `after` stand once."""
        if not node.arms and not self.world.broken:
            help = "for example `case v = <-ch { }`"
            self.report("CL0527", node.span, "a `select` needs an arm", help=help)
        first: dict[str, n.SelectArm] = {}
        for arm in node.arms:
            if arm.kind in ("default", "after") and first.setdefault(arm.kind, arm) is not arm:
                at = ((first[arm.kind].span, "the first one"),)
                self.report("CL0527", arm.span, f"`{arm.kind}` stands here twice", at=at)

    def arm(self, arm: n.SelectArm) -> None:
        if arm.kind == "receive" and arm.channel is not None:
            item = self.channel("receive", arm.channel)
            for name, kind in zip(arm.names, (item, BOOL), strict=False):
                self.declare(name, kind, "receive")
            for name in arm.names[2:]:
                self.declare(name, ERROR, "receive")
        elif arm.kind == "send" and arm.channel is not None and arm.value is not None:
            self.message(arm.channel, arm.value)
        elif arm.value is not None:
            self.amount(arm.value, "after")

    # ------------------------------------------------------------------- loops

    def looped(self, node: n.Statement, body: n.Block) -> bool:
        """Check the body of a loop; is there a `break` out of it?"""
        ways_out: list[n.Statement] = []
        self.loops.append(ways_out)
        self.block(body)
        self.loops.pop()
        return bool(ways_out)

    def loop(self, node: n.LoopStatement) -> bool:
        return not self.looped(node, node.body)

    def while_loop(self, node: n.WhileStatement) -> bool:
        self.condition(node.condition, "the condition of `while`")
        left = self.looped(node, node.body)
        return not left and self.constants.get(node.condition.id) is True

    def repeat(self, node: n.RepeatStatement) -> bool:
        self.integer(node.count, "the number of rounds of `repeat`")
        value = self.constants.get(node.count.id)
        if type(value) is int and value < 0:
            text = f"`repeat` of a negative number ({value}) does nothing"
            self.report("CW0604", node.count.span, text)
        self.looped(node, node.body)
        return False

    def for_loop(self, node: n.ForStatement) -> bool:
        item = self.items(node)
        self.scopes.append({})
        self.declare(node.name, item, "for")
        self.looped(node, node.body)
        self.scopes.pop()
        return False

    def items(self, node: n.ForStatement) -> Type:
        """The type of what a `for` goes over."""
        iterable = plain(node.iterable)
        if isinstance(iterable, n.RangeExpression):
            self.range_of(iterable)
            return INT
        entry = self.peek(iterable)
        if entry is not None and entry.kind is Kind.CHANNEL:
            kind = prune(self.expr(iterable))
            if isinstance(kind, ChannelType):
                self.warn_blocking(iterable.span, "for … in")
                return kind.item
        else:
            kind = prune(self.value(iterable))
        if isinstance(kind, ArrayType):
            return kind.item
        if isinstance(kind, ChannelType):
            return kind.item
        if isinstance(kind, Unknown):
            return self.goes_over(iterable, kind)
        if kind is not ERROR:
            self.nothing_to_go_over(iterable, kind)
        return ERROR

    def goes_over(self, node: n.Expression, kind: Type) -> Type:
        """Of a value not known yet: a channel, unless it turns out to be an array."""
        item = Unknown()

        def later() -> None:
            found = prune(kind)
            if isinstance(found, Unknown):
                unify(found, ChannelType(item))
            elif isinstance(found, ArrayType | ChannelType):
                if not unify(found.item, item):
                    text = f"the elements here are {self.words(found.item)}"
                    self.report("CL0405", node.span, f"{text}, not {self.words(item)}")
            elif found is not ERROR:
                self.nothing_to_go_over(node, found)

        self.world.deferred.append((kind, later))
        return item

    def nothing_to_go_over(self, node: n.Expression, kind: Type) -> None:
        text = f"`for` goes over a range, an array or a channel, but this is {self.words(kind)}"
        help = ""
        if kind is INT:
            shown = node.name if isinstance(node, n.NameExpression) else "n"
            help = f"to count write `for i in 0..{shown} {{ }}`, or `repeat {shown} {{ }}`"
        self.report("CL0417", node.span, text, at=self.origin(node), help=help)

    # ----------------------------------------------------------------- leaving

    def leave(self, node: n.BreakStatement | n.ContinueStatement) -> bool:
        word = "break" if isinstance(node, n.BreakStatement) else "continue"
        if not self.loops:
            text = f"`{word}` outside of a loop"
            self.report(
                "CL0309", node.span, text, help="it belongs to `loop`, `while`, `for`, `repeat`"
            )
            return False
        if word == "break":
            self.loops[-1].append(node)
        return True

    def give_back(self, node: n.ReturnStatement) -> bool:
        result = self.result
        if result is None:
            if node.value is not None:
                self.expr(node.value)
            self.return_outside(node)
            return False
        if node.value is None:
            self.bare = self.bare or node.span
            return True
        self.valued = self.valued or node.span
        kind = self.value(node.value)
        if kind is not result and not unify(kind, result):
            name = self.owner.name if self.owner else ""
            text = f"`{name}` gives {self.words(result)}, but this is {self.words(kind)}"
            help = "a function gives values of one type"
            at = ((self.valued, "see here"),)
            self.report("CL0405", node.value.span, text, at=at, help=help)
        return True

    def return_outside(self, node: n.ReturnStatement) -> None:
        help = "`return` leaves a `fn`; a thread ends where its block ends"
        if self.loops:
            help += ", and `break` leaves a loop"
        self.report("CL0310", node.span, "`return` outside of a function", help=help)

    # ------------------------------------------------------------------ no text

    def broken(self, node: n.ErrorStatement) -> bool:
        self.world.broken = True
        if self.loops:  # it may have been a way out
            self.loops[-1].append(node)
        return False


_S = Statements
Statements.steps = {
    n.LetStatement: _S.let,
    n.AssignStatement: _S.assign,
    n.IfStatement: _S.branch,
    n.WhileStatement: _S.while_loop,
    n.LoopStatement: _S.loop,
    n.RepeatStatement: _S.repeat,
    n.ForStatement: _S.for_loop,
    n.BreakStatement: _S.leave,
    n.ContinueStatement: _S.leave,
    n.ReturnStatement: _S.give_back,
    n.WorkStatement: _S.work,
    n.SleepStatement: _S.sleep,
    n.IoStatement: _S.io,
    n.YieldStatement: lambda self, node: False,
    n.LockStatement: _S.scoped,
    n.RwStatement: _S.scoped,
    n.OperateStatement: _S.operate_on,
    n.SendStatement: _S.send,
    n.SelectStatement: _S.select,
    n.AtomicStatement: _S.atomic,
    n.SectionStatement: _S.section,
    n.PrintStatement: _S.print,
    n.AssertStatement: _S.check,
    n.ExpressionStatement: _S.alone,
    n.ErrorStatement: _S.broken,
}
