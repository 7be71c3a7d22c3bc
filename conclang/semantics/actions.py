"""Statements that do one thing: variables, time, locks, messages, output.

What decides where a body goes on (`if`, loops, `return`) is in `statements`.
"""

from __future__ import annotations

from conclang.semantics.expressions import Expressions
from conclang.semantics.operands import plain
from conclang.semantics.symbols import Kind, LocalData
from conclang.semantics.types import (
    BOOL,
    ERROR,
    INT,
    STR,
    ArrayType,
    TupleType,
    Type,
    Unknown,
    describe,
)
from conclang.semantics.unify import prune, unify
from conclang.semantics.verbs import USES
from conclang.semantics.world import Entry
from conclang.syntax import nodes as n

CELLS = (Kind.SHARED, Kind.ATOMIC)

# Expressions that do something, and so may stand alone.
EFFECTS = (
    n.CallExpression,
    n.ReceiveExpression,
    n.AwaitExpression,
    n.JoinExpression,
    n.SpawnExpression,
    n.ChooseExpression,
    n.ErrorExpression,
)


class Actions(Expressions):
    """Checks the statements that do one thing."""

    # -------------------------------------------------------------- variables

    def let(self, node: n.LetStatement) -> bool:
        names, value = node.names, node.value
        kind = self.value(value)
        if len(names) == 1:
            self.declare(names[0], kind, "let")
            return False
        if len(names) == 2 and isinstance(value, n.ReceiveExpression):
            kinds: tuple[Type, ...] = (kind, BOOL)
        else:
            kinds = self.taken_apart(node, prune(kind))
        for name, item in zip(names, kinds, strict=True):
            self.declare(name, item, "let")
        return False

    def taken_apart(self, node: n.LetStatement, kind: Type) -> tuple[Type, ...]:
        """The types of several names that take one value apart."""
        count = len(node.names)
        if isinstance(kind, TupleType) and len(kind.items) == count:
            return kind.items
        if isinstance(kind, Unknown):
            items = tuple([Unknown() for _ in node.names])
            unify(kind, TupleType(items))
            return items
        if kind is not ERROR:
            text = f"here are {count} names, but the value is {self.words(kind)}"
            help = "only a tuple can be taken apart"
            if isinstance(node.value, n.ReceiveExpression):
                help = "a receive gives a value, or with two names the value and ok"
            elif isinstance(kind, TupleType):
                help = f"write {len(kind.items)} names; `_` for what is not needed"
            elif isinstance(kind, ArrayType):
                help = "take elements of an array one by one: `let a = xs[0]`"
            self.report("CL0411", node.value.span, text, help=help)
        return (ERROR,) * count

    def assign(self, node: n.AssignStatement) -> bool:
        target = plain(node.target)
        wanted = self.target(target)
        if node.operator == "=":
            kind = self.value(node.value)
            if kind is not wanted and not unify(kind, wanted):
                self.cannot_hold(node, wanted, kind)
        else:
            self.combine(node, wanted)
        entry = self.peek(target)
        if entry is not None and entry.kind is Kind.ATOMIC:
            self.warn_two_steps(node, entry)
        return False

    def combine(self, node: n.AssignStatement, wanted: Type) -> None:
        """`x += e`: both sides are integers."""
        if not unify(wanted, INT):
            text = f"`{node.operator}` works on integers, but this is {self.words(wanted)}"
            at = self.origin(node.target)
            self.report("CL0401", node.target.span, text, at=at)
        self.operate(node.operator, node.value, INT)
        if node.operator in ("/=", "%=") and self.constants.get(node.value.id) == 0:
            self.warn_zero(node.value.span)

    def target(self, node: n.Expression) -> Type:
        """The type of what is assigned to."""
        if isinstance(node, n.NameExpression):
            return self.target_name(node)
        if isinstance(node, n.IndexExpression):
            return self.target_element(node)
        if isinstance(node, n.FieldExpression):
            return self.expr(node)
        self.expr(node)  # the parser has said that this is no variable
        return ERROR

    def target_name(self, node: n.NameExpression) -> Type:
        entry = self.peek(node)
        if entry is None:
            self.lookup(node)
            return ERROR
        if entry.kind not in (*CELLS, Kind.LOCAL):
            if self.lookup(node) is not None and entry.kind is not Kind.ERROR:
                self.fixed(node, entry)
            return ERROR
        kind = self.expr(node)
        data = entry.symbol.data if entry.symbol else None
        if isinstance(data, LocalData) and data.origin == "index":
            text = f"`{entry.name}` is the number of this thread, which never changes"
            help = f"make a variable of your own: `let x = {entry.name}`"
            self.report("CL0413", node.span, text, at=self.declared(entry), help=help)
        elif isinstance(data, LocalData) and data.origin == "for":
            text = f"`{entry.name}` gets its next value in the next round, whatever is assigned"
            self.report("CW0304", node.span, text, at=self.declared(entry))
        return kind

    def target_element(self, node: n.IndexExpression) -> Type:
        base = plain(node.base)
        entry = self.peek(base)
        kind = self.expr(node)
        if kind is ERROR:
            return ERROR
        if isinstance(base, n.IndexExpression):
            text = "an element of an inner array cannot be assigned to"
            help = "take the inner array out, change it, put it back: "
            help += "`let row = a[i]`, `row[j] = e`, `a[i] = row`"
            self.report("CL0414", node.span, text, help=help)
            return ERROR
        if entry is None:
            text = "an element of a value without a name cannot be assigned to"
            self.report("CL0414", node.span, text)
            return ERROR
        if entry.kind not in (*CELLS, Kind.LOCAL):
            self.fixed(node, entry)
            return ERROR
        return kind

    def fixed(self, node: n.Expression, entry: Entry) -> None:
        """Say that something is no variable."""
        an = "an" if entry.kind[0] in "aeiou" else "a"
        text = f"`{entry.name}` is {an} {entry.kind}, and only variables can be assigned to"
        help = USES.get(entry.kind, "").format(name=entry.name)
        if entry.kind is Kind.CONSTANT:
            text = f"`{entry.name}` is a constant and never changes"
            help = f"declare `shared {entry.name} = …` for a variable of all threads"
        elif entry.kind is Kind.BUILTIN:
            text = f"`{entry.name}` is built in and cannot be assigned to"
            help = f"make a variable: `let {entry.name}1 = …`"
        self.report("CL0413", node.span, text, at=self.declared(entry), help=help)

    def cannot_hold(self, node: n.AssignStatement, wanted: Type, kind: Type) -> None:
        target = plain(node.target)
        entry = self.peek(target)
        what = f"`{entry.name}`" if entry else "this variable"
        if entry is not None and isinstance(target, n.IndexExpression):
            what = f"an element of {what}"
        text = f"{what} is {self.words(wanted)}, but this is {self.words(kind)}"
        help = "a variable keeps the type of its first value"
        wide = prune(wanted)
        if isinstance(wide, ArrayType) and not isinstance(prune(kind), ArrayType):
            help = f"assign to one element: `{what.strip('`')}[0] = …`"
        self.report("CL0405", node.value.span, text, at=self.origin(node.target), help=help)

    def warn_two_steps(self, node: n.AssignStatement, entry: Entry) -> None:
        """`hits += 1` on an atomic variable is a load and then a store."""
        if node.operator == "=":
            if not self.refers(node.value, entry):
                return
            help = f"one step would be `{entry.name}.add(n)` or `{entry.name}.cas(old, new)`"
        elif node.operator in ("+=", "-="):
            amount = "n" if node.operator == "+=" else "-n"
            value = node.value
            if isinstance(value, n.IntLiteral):
                amount = amount.replace("n", str(value.value))
            index = "[…]" if isinstance(plain(node.target), n.IndexExpression) else ""
            help = f"to do it in one step write `{entry.name}{index}.add({amount})`"
        else:
            help = f"to do it in one step loop until `{entry.name}.cas(old, new)` succeeds"
        text = f"this loads `{entry.name}` and then stores it: two steps"
        self.report("CW0503", node.span, text, help=help)

    def refers(self, node: n.Expression, entry: Entry) -> bool:
        """Is this arithmetic on the variable itself, as in `hits = hits + 1`?"""
        node = plain(node)
        if not isinstance(node, n.BinaryExpression):
            return False
        sides = (plain(node.left), plain(node.right))
        return any(isinstance(s, n.NameExpression) and self.peek(s) is entry for s in sides)

    # ------------------------------------------------------------------- time

    def work(self, node: n.WorkStatement) -> bool:
        self.amount(node.amount, "work")
        return False

    def sleep(self, node: n.SleepStatement) -> bool:
        self.warn_blocking(node.span, "sleep")
        self.amount(node.amount, "sleep")
        return False

    def io(self, node: n.IoStatement) -> bool:
        self.warn_blocking(node.span, "io")
        self.amount(node.amount, "io")
        if node.device is not None:
            depth, self.atomic_depth = self.atomic_depth, 0
            self.apply("io", node.device)
            self.atomic_depth = depth
        return False

    def amount(self, node: n.Expression, verb: str) -> None:
        """A number of ticks."""
        self.integer(node, f"the ticks of `{verb}`")
        value = self.constants.get(node.id)
        if type(value) is int and value < 0:
            text = f"`{verb}` of a negative number of ticks ({value})"
            self.report("CW0605", node.span, text, label="the program fails here")

    # -------------------------------------------------------- objects, messages

    def operate_on(self, node: n.OperateStatement) -> bool:
        verb = node.verb
        if verb == "close":
            self.channel("close", node.target)
            return False
        self.apply(verb, node.target, node.side)
        if verb == "acquire":
            self.world.locks_taken = True
        elif verb == "wait":
            entry = self.peek(plain(node.target))
            if entry is not None and entry.kind is Kind.CONDITION:
                self.world.waits.append(node.span)
        return False

    def send(self, node: n.SendStatement) -> bool:
        if not self.turned_round(node):
            self.message(node.channel, node.value)
        return False

    def turned_round(self, node: n.SendStatement) -> bool:
        """`v <- ch`, meant as a receive, and `join <-ch`."""
        left, entry = plain(node.channel), self.peek(plain(node.value))
        if not isinstance(left, n.NameExpression) or self.peek(left) is not None:
            return False
        if entry is None or entry.kind is not Kind.CHANNEL:
            return False
        self.operand(node.value)
        help = f"to receive, write `let {left.name} = <-{entry.name}`"
        if left.name == "join":
            help = f"to receive, write `<-{entry.name}`; `join` takes the handle of a thread"
        text = f"there is no channel `{left.name}` to send to"
        self.report("CL0301", left.span, text, at=self.declared(entry), help=help)
        return True

    def message(self, channel: n.Expression, value: n.Expression) -> None:
        """Check what is sent against what the channel carries."""
        item = self.channel("send", channel)
        kind = self.value(value)
        if kind is not item and not unify(kind, item):
            name = self.peek(plain(channel))
            what = f"`{name.name}`" if name else "this channel"
            text = f"{what} carries {self.carried(item)}, but this is {self.words(kind)}"
            help = "all messages of a channel have one type"
            self.report("CL0405", value.span, text, at=self.origin(channel), help=help)

    def carried(self, item: Type) -> str:
        return (
            describe(self.shallow(item, 3))
            .replace("an integer", "integers")
            .replace("a boolean", "booleans")
        )

    # ----------------------------------------------------------------- the rest

    def print(self, node: n.PrintStatement) -> bool:
        self.value(node.value)
        return False

    def check(self, node: n.AssertStatement) -> bool:
        self.condition(node.condition, "what `assert` checks")
        if node.message is not None:
            self.want(node.message, STR, "CL0416", "the message of `assert`")
        return False

    def alone(self, node: n.ExpressionStatement) -> bool:
        value = plain(node.value)
        errors = len(self.world.reporter.errors)
        self.expr(node.value)
        if isinstance(value, EFFECTS) or len(self.world.reporter.errors) > errors:
            return False
        if isinstance(value, n.TryAcquireExpression):
            text = "nobody looks whether this `try_acquire` succeeded"
            help = "write `if try_acquire m { … }`, or `acquire m` to wait for it"
            self.report("CW0505", node.span, text, help=help)
            return False
        self.without_effect(node, value)
        return False

    def without_effect(self, node: n.ExpressionStatement, value: n.Expression) -> None:
        text, help = "this does nothing: its value is not used", "`let x = …` keeps a value"
        if isinstance(value, n.CompareExpression) and value.operators == ("==",):
            text = "this compares two values and does nothing with the result"
            help = "to change a variable write `=`; to check it, `assert`"
        elif isinstance(value, n.NameExpression):
            entry = self.peek(value)
            if entry is not None and entry.kind is Kind.FUNCTION:
                help = f"to call it write `{value.name}(…)`"
        self.report("CL0418", node.span, text, help=help)
