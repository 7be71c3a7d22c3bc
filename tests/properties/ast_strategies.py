"""Random trees of the whole language, for hypothesis.

Only the form is random, not the meaning: names are not declared anywhere and types do not fit.
Each function follows one level of the grammar, so every tree is one that some text parses to;
where precedence asks for parentheses the tree has a `ParenExpression`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from hypothesis import strategies as st

from conclang.diagnostics.source import Span
from conclang.syntax import nodes as n

PLAIN = ("a", "b", "count", "x1", "_tmp", "forks", "Alice", "total")
SOFT = (
    "read", "write", "wait", "signal", "event", "cores", "core", "cost", "process", "channel",
    "always", "never", "timed", "race", "deadlock", "most", "leads", "to", "under", "error",
    "after",
    "default", "join", "section", "release", "acquire", "close", "barrier", "device", "no", "at",
    "outcomes", "self", "now", "pool", "eventually", "finally", "possible",
)  # fmt: skip
ARITHMETIC = (("+", "-"), ("*", "/", "%"))
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
ASSIGNMENTS = ("=", "+=", "-=", "*=", "/=", "%=")
FLAWS = ("deadlock", "race", "leak", "lost_update", "atomicity", "starvation", "livelock")
MODES = ("always", "never", "reachable", "finally", "possible", "eventually")
OBJECTS = (
    "lock", "rwlock", "semaphore", "condition", "barrier", "event", "channel", "device",
)  # fmt: skip
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from('ab {}"\\\n\t//;é→'),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    ),
    max_size=8,
)


class Maker:
    """Draws one tree; `size` bounds how much is still to be made."""

    def __init__(self, draw: Callable[[Any], Any], size: int = 60) -> None:
        self.draw = draw
        self.left = size
        self.ids = count()
        self.strings = True  # not inside the braces of an interpolated string

    def make(self, kind: type[n.Node], *fields: object) -> Any:
        self.left -= 1
        return kind(next(self.ids), Span(0, 0), *fields)

    def pick(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def flip(self) -> bool:
        return self.left > 0 and self.draw(st.booleans())

    def some(self, make: Callable[[], Any], least: int = 0, most: int = 3) -> tuple[Any, ...]:
        most = most if self.left > 0 else least
        return tuple(make() for _ in range(self.draw(st.integers(least, max(least, most)))))

    def any_of(self, leaves: tuple[Callable[[], Any], ...], *deep: Callable[[], Any]) -> Any:
        return self.pick(*leaves, *(deep if self.left > 0 else ()))()

    def maybe(self, make: Callable[[], Any]) -> Any:
        return make() if self.flip() else None

    # ------------------------------------------------------------- expressions

    def word(self) -> str:
        return str(self.pick(*PLAIN, *SOFT))

    def name(self) -> n.Name:
        return self.make(n.Name, self.word())

    def plain_name(self) -> n.Name:
        return self.make(n.Name, self.pick(*PLAIN))

    def variable(self) -> n.Expression:
        return self.make(n.NameExpression, self.word())

    def plain(self) -> n.Expression:
        return self.make(n.NameExpression, self.pick(*PLAIN))

    def integer(self) -> n.Expression:
        return self.make(n.IntLiteral, self.draw(st.integers(0, 2**63 - 1)))

    def decimal(self) -> n.Expression:
        whole, part = self.draw(st.integers(0, 999)), self.draw(st.integers(0, 99))
        return self.make(n.DecimalLiteral, f"{whole}.{part:02}")

    def boolean(self) -> n.Expression:
        return self.make(n.BoolLiteral, self.draw(st.booleans()))

    def string(self) -> n.Expression:
        if not self.strings:
            return self.integer()
        text = self.draw(TEXTS)
        return self.make(n.StringLiteral, (text,) if text else (), False)

    def interpolated(self) -> n.Expression:
        self.strings = False
        parts: list[Any] = []
        for _ in range(self.draw(st.integers(0, 3))):
            text = self.draw(TEXTS)
            if text and not (parts and isinstance(parts[-1], str)):
                parts.append(text)
            else:
                parts.append(self.expression())
        self.strings = True
        return self.make(n.StringLiteral, tuple(parts), True)

    def reference(self) -> n.Expression:
        return self.any_of((self.plain, self.variable), self.index, self.call, self.field)

    def plain_reference(self) -> n.Expression:
        """Begins with a word that is a name wherever it stands."""
        return self.any_of((self.plain,), self.plain_index)

    def plain_index(self) -> n.Expression:
        return self.make(n.IndexExpression, self.plain(), self.expression())

    def index(self) -> n.Expression:
        return self.make(n.IndexExpression, self.reference(), self.expression())

    def call(self) -> n.Expression:
        return self.make(n.CallExpression, self.plain_callee(), self.some(self.value))

    def plain_callee(self) -> n.Expression:
        return self.any_of((self.plain,), self.field)

    def field(self) -> n.Expression:
        return self.make(n.FieldExpression, self.plain_reference(), self.plain_name())

    def choose(self) -> n.Expression:
        if self.flip():
            return self.make(n.ChooseExpression, (self.range(),))
        return self.make(n.ChooseExpression, self.some(self.expression, 1))

    def range(self) -> n.Expression:
        return self.make(n.RangeExpression, self.expression(), self.expression())

    def array(self) -> n.Expression:
        return self.make(n.ArrayExpression, self.some(self.expression))

    def tuple(self) -> n.Expression:
        return self.make(n.TupleExpression, self.some(self.expression, 1))

    def paren(self) -> n.Expression:
        return self.make(n.ParenExpression, self.expression())

    def atom(self) -> n.Expression:
        leaves = (self.integer, self.boolean, self.string, self.variable)
        deep = (self.paren, self.reference, self.choose, self.array, self.tuple, self.call)
        return self.any_of(leaves, *deep, self.index_of_atom)

    def index_of_atom(self) -> n.Expression:
        base = self.pick(self.paren, self.array, self.tuple)()
        return self.make(n.IndexExpression, base, self.expression())

    def unary(self) -> n.Expression:
        return self.any_of(
            (self.atom,), self.atom, self.negative, self.receive, self.wait, self.join, self.attempt
        )

    def negative(self) -> n.Expression:
        return self.make(n.UnaryExpression, "-", self.unary())

    def receive(self) -> n.Expression:
        return self.make(n.ReceiveExpression, self.unary())

    def wait(self) -> n.Expression:
        return self.make(n.AwaitExpression, self.pick(self.unary, self.task)())

    def join(self) -> n.Expression:
        return self.make(n.JoinExpression, self.plain_reference())

    def attempt(self) -> n.Expression:
        side = self.pick(None, "read", "write")
        return self.make(n.TryAcquireExpression, side, self.plain_reference())

    def term(self) -> n.Expression:
        return self.chain(ARITHMETIC[1], self.unary)

    def sum(self) -> n.Expression:
        return self.chain(ARITHMETIC[0], self.term)

    def chain(self, operators: tuple[str, ...], operand: Callable[[], Any]) -> n.Expression:
        left = operand()
        while self.flip() and self.flip():
            left = self.make(n.BinaryExpression, self.pick(*operators), left, operand())
        return left

    def comparison(self) -> n.Expression:
        if not (self.flip() and self.flip()):
            return self.sum()
        operators = self.some(lambda: self.pick(*COMPARISONS), 1)
        operands = tuple(self.sum() for _ in range(len(operators) + 1))
        return self.make(n.CompareExpression, operands, operators)

    def negation(self) -> n.Expression:
        if self.flip() and self.flip():
            return self.make(n.UnaryExpression, "not", self.negation())
        return self.comparison()

    def expression(self) -> n.Expression:
        """At most a few nodes, so that something is left for the rest of the file."""
        saved, self.left = self.left, min(self.left, 8)
        allowed = self.left
        made = self.chain(("or",), lambda: self.chain(("and",), self.negation))
        self.left = saved - (allowed - self.left)
        return made

    def task(self) -> n.Expression:
        """`spawn f()`, `go f()`, `async f()`."""
        verb = self.pick("spawn", "go", "async")
        return self.make(n.SpawnExpression, verb, self.plain(), self.some(self.value), None)

    def placed_task(self) -> n.Expression:
        """`go f() on pool`."""
        arguments = self.some(self.value)
        return self.make(n.SpawnExpression, "go", self.plain(), arguments, self.plain_reference())

    def value(self) -> n.Expression:
        return self.any_of((self.expression,), self.expression, self.task, self.placed_task)

    # -------------------------------------------------------------- statements

    def block(self) -> n.Block:
        return self.make(n.Block, self.some(self.statement))

    def statement(self) -> n.Statement:
        return self.any_of(lines_of(self), *blocks_of(self))

    def let(self) -> n.Statement:
        return self.make(n.LetStatement, self.names(), self.value())

    def names(self) -> tuple[n.Name, ...]:
        return self.some(self.name, 1, 3)

    def assign(self) -> n.Statement:
        target = self.pick(self.plain_reference, self.variable)()
        return self.make(n.AssignStatement, target, self.pick(*ASSIGNMENTS), self.value())

    def ifs(self) -> n.Statement:
        other = self.any_of((lambda: None,), self.block, self.ifs)
        return self.make(n.IfStatement, self.expression(), self.block(), other)

    def loop_over(self) -> n.Statement:
        what = self.pick(self.range, self.expression)()
        if isinstance(what, n.IntLiteral):
            what = self.range()  # nothing to go over, and reported
        return self.make(n.ForStatement, self.name(), what, self.block())

    def io(self) -> n.Statement:
        return self.make(n.IoStatement, self.expression(), self.maybe(self.plain_reference))

    def operate(self) -> n.Statement:
        if self.flip():
            verb, side = self.pick("acquire", "release"), self.pick(None, "read", "write")
        else:
            verb, side = self.pick("wait", "signal", "broadcast", "reset", "close"), None
        return self.make(n.OperateStatement, verb, side, self.plain_reference())

    def send(self) -> n.Statement:
        return self.make(n.SendStatement, self.plain_reference(), self.value())

    def show(self) -> n.Statement:
        return self.make(n.PrintStatement, self.pick(self.interpolated, self.wordless)())

    def wordless(self) -> n.Expression:
        """No strings: in `print` and messages they would be interpolated."""
        self.strings = False
        result = self.expression()
        self.strings = True
        return result

    def check(self) -> n.Statement:
        condition = self.make(n.NameExpression, self.pick(*PLAIN))
        if self.flip():
            condition = self.make(n.CompareExpression, (condition, self.sum()), ("==",))
        return self.make(n.AssertStatement, condition, self.maybe(self.interpolated))

    def alone(self) -> n.Statement:
        forms = (self.plain_call, self.receive, self.join, self.wait, self.task, self.placed_task)
        return self.make(n.ExpressionStatement, self.pick(*forms)())

    def plain_call(self) -> n.Expression:
        return self.make(n.CallExpression, self.plain_callee(), self.some(self.value))

    def select(self) -> n.Statement:
        return self.make(n.SelectStatement, self.some(self.arm, 1))

    def arm(self) -> n.SelectArm:
        kind = self.pick("receive", "send", "after", "default")
        names: tuple[n.Name, ...] = ()
        channel = value = None
        if kind == "receive":
            names, channel = self.some(self.name, 0, 2), self.unary()
        elif kind == "send":
            channel, value = self.plain_reference(), self.value()
        elif kind == "after":
            value = self.expression()
        return self.make(n.SelectArm, kind, names, channel, value, self.block())

    # ------------------------------------------------------------ declarations

    def declaration(self) -> n.Declaration:
        small = (self.const, self.cell, self.thing, self.expect, self.processor, self.runtime)
        return self.any_of(small, self.thread, self.thread, self.function, self.process)

    def setting_value(self) -> Any:
        forms = (self.integer, self.paren, self.variable, self.negative_number)
        return self.pick(*forms)()

    def negative_number(self) -> n.Expression:
        return self.make(n.UnaryExpression, "-", self.integer())

    def setting(self) -> n.Setting:
        kind = self.pick("plain", "scheduler", "cost")
        if kind == "scheduler":
            return self.make(n.Setting, self.make(n.Name, "scheduler"), self.policy())
        if kind == "cost":
            table = self.make(n.CostTable, self.some(self.plain_setting))
            return self.make(n.Setting, self.make(n.Name, "cost"), table)
        return self.plain_setting()

    def plain_setting(self) -> n.Setting:
        name = self.make(n.Name, self.pick(*(w for w in PLAIN + SOFT if w != "cost")))
        return self.make(n.Setting, name, self.setting_value())

    def policy(self) -> n.Policy:
        if self.flip():
            only = self.make(n.PolicyArgument, None, self.array())
            return self.make(n.Policy, self.plain_name(), (only,))
        return self.make(n.Policy, self.plain_name(), self.some(self.policy_argument))

    def policy_argument(self) -> n.PolicyArgument:
        forms = (
            self.setting_value, self.decimal, self.boolean, self.string, self.array, self.policy
        )  # fmt: skip
        return self.make(n.PolicyArgument, self.maybe(self.name), self.pick(*forms)())

    def processor(self) -> n.Declaration:
        return self.make(n.ProcessorDeclaration, self.name(), self.some(self.setting))

    def runtime(self) -> n.Declaration:
        size = self.maybe(self.expression)
        return self.make(n.RuntimeDeclaration, self.name(), size, self.some(self.setting))

    def process(self) -> n.Declaration:
        return self.make(n.ProcessDeclaration, self.name(), self.some(self.declaration))

    def const(self) -> n.Declaration:
        return self.make(n.ConstDeclaration, self.name(), self.expression())

    def cell(self) -> n.Declaration:
        size = self.maybe(self.expression)
        kind = self.pick("shared", "atomic")
        return self.make(n.CellDeclaration, kind, self.name(), size, self.expression())

    def thing(self) -> n.Declaration:
        size, argument = self.maybe(self.expression), self.maybe(self.expression)
        options = self.some(self.option)
        kind = self.pick(*OBJECTS)
        return self.make(n.ObjectDeclaration, kind, self.name(), size, argument, options)

    def option(self) -> n.Option:
        return self.make(n.Option, self.name(), self.maybe(self.expression))

    def function(self) -> n.Declaration:
        return self.make(n.FunctionDeclaration, self.name(), self.some(self.name), self.block())

    def thread(self) -> n.Declaration:
        index, members = (self.name(), self.range()) if self.flip() else (None, None)
        attributes = self.some(self.attribute)
        return self.make(
            n.ThreadDeclaration, self.name(), index, members, attributes, self.block()
        )  # fmt: skip

    def attribute(self) -> n.Attribute:
        if self.flip():
            return self.make(n.Attribute, self.make(n.Name, "on"), self.plain_reference())
        return self.make(n.Attribute, self.plain_name(), self.maybe(self.expression))

    def expect(self) -> n.Declaration:
        forms = (
            self.state, self.leads, self.outcomes, self.at_most, self.flaw, self.error, self.timed
        )  # fmt: skip
        return self.make(n.ExpectDeclaration, self.pick(*forms)())

    def state(self) -> n.Expectation:
        condition = self.expression()
        if isinstance(condition, n.NameExpression) and condition.name in FLAWS:
            condition = self.plain()  # a flaw alone is reported unless a cell is called so
        return self.make(n.ExpectState, self.pick(*MODES), condition)

    def leads(self) -> n.Expectation:
        cause = self.make(n.CompareExpression, (self.plain(), self.integer()), ("==",))
        return self.make(n.ExpectLeadsTo, cause, self.expression())

    def outcomes(self) -> n.Expectation:
        return self.make(n.ExpectOutcomes, self.sum(), self.some(self.expression))

    def at_most(self) -> n.Expectation:
        return self.make(n.ExpectAtMost, self.expression(), self.plain_reference())

    def flaw(self) -> n.Expectation:
        target = self.maybe(self.plain_reference)
        return self.make(n.ExpectFlaw, self.pick(*FLAWS), self.draw(st.booleans()), target)

    def error(self) -> n.Expectation:
        return self.make(n.ExpectError, self.string())

    def timed(self) -> n.Expectation:
        right = self.pick(self.decimal, self.sum)()
        condition = self.make(n.CompareExpression, (self.plain(), right), ("<=",))
        policy, cores = self.maybe(self.policy), self.maybe(self.setting_value)
        return self.make(n.ExpectTimed, condition, policy, cores)

    def scenario(self) -> n.Scenario:
        title = self.maybe(self.string)
        return self.make(n.Scenario, title, self.some(self.declaration, 0, 6))


def lines_of(m: Maker) -> tuple[Callable[[], Any], ...]:
    """The statements without a block."""
    return (
        m.let, m.assign, m.io, m.operate, m.send, m.show, m.check, m.alone,
        lambda: m.make(n.BreakStatement),
        lambda: m.make(n.ContinueStatement),
        lambda: m.make(n.YieldStatement),
        lambda: m.make(n.ReturnStatement, m.maybe(m.value)),
        lambda: m.make(n.WorkStatement, m.expression()),
        lambda: m.make(n.SleepStatement, m.expression()),
    )  # fmt: skip


def blocks_of(m: Maker) -> tuple[Callable[[], Any], ...]:
    """The statements with a block."""
    return (
        m.ifs, m.loop_over, m.select,
        lambda: m.make(n.WhileStatement, m.expression(), m.block()),
        lambda: m.make(n.LoopStatement, m.block()),
        lambda: m.make(n.RepeatStatement, m.expression(), m.block()),
        lambda: m.make(n.LockStatement, m.plain_reference(), m.block()),
        lambda: m.make(n.RwStatement, m.pick("read", "write"), m.plain_reference(), m.block()),
        lambda: m.make(n.AtomicStatement, m.block()),
        lambda: m.make(n.SectionStatement, m.name(), m.block()),
    )  # fmt: skip


@st.composite
def scenarios(draw: Callable[[Any], Any], size: int = 60) -> n.Scenario:
    """Whole files."""
    return Maker(draw, size).scenario()


@st.composite
def expressions(draw: Callable[[Any], Any], size: int = 30) -> n.Expression:
    """Expressions as they stand after `let x =`."""
    return Maker(draw, size).value()
