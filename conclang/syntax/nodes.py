"""The tree: what a person wrote, as frozen records.

One class per form of the language; the grammar's rule for a class is its name in snake_case.
Every node has an `id` (unique in its scenario, in order of creation; the side tables of later
passes are keyed by it) and a `span` (offsets into the normalised source text). Nodes compare by
identity: two trees are compared with `unparse.same_tree`, which does not recurse, because a tree
may be deeper than Python's stack.

The tree says only what was written. What a name means is in `semantics.resolved`; nothing here is
ever changed by a later pass.
"""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.record import record


@record(eq=False)
class Node:
    """Root of all tree classes."""

    id: int
    span: Span

    def __repr__(self) -> str:  # not its parts: a tree may be deeper than Python's stack
        return f"{type(self).__name__}({self.span.start}-{self.span.end})"


# ---------------------------------------------------------------- small parts


@record(eq=False)
class Name(Node):
    """A name where it is introduced (`shared count`) or a word checked by meaning (`quantum:`)."""

    text: str


@record(eq=False)
class Block(Node):
    """Statements between braces."""

    statements: tuple[Statement, ...]


# ---------------------------------------------------------------- expressions


@record(eq=False)
class Expression(Node):
    """Anything with a value."""


@record(eq=False)
class IntLiteral(Expression):
    value: int


@record(eq=False)
class DecimalLiteral(Expression):
    """`10.5`, kept as written: only `expect timed` may use it, and compares it exactly."""

    text: str


@record(eq=False)
class BoolLiteral(Expression):
    value: bool


@record(eq=False)
class StringLiteral(Expression):
    """Text pieces and, in `print` and assert messages, `{expr}` pieces between them.

    `parts` alternates freely; adjacent strings are merged; escapes and `{{` `}}` are resolved.
    Outside `print` and assert messages braces are plain characters and `parts` is one string.
    """

    parts: tuple[str | Expression, ...]
    interpolated: bool


@record(eq=False)
class NameExpression(Expression):
    name: str


@record(eq=False)
class FieldExpression(Expression):
    """`web.total` (a process's object) or `hits.add` (only as a callee)."""

    base: Expression
    name: Name


@record(eq=False)
class IndexExpression(Expression):
    base: Expression
    index: Expression


@record(eq=False)
class CallExpression(Expression):
    """`f(x)`, `min(a, b)`, `hits.add(1)` (callee is a FieldExpression)."""

    callee: Expression
    arguments: tuple[Expression, ...]


@record(eq=False)
class UnaryExpression(Expression):
    operator: str  # "-" or "not"
    operand: Expression


@record(eq=False)
class BinaryExpression(Expression):
    operator: str  # + - * / % and or
    left: Expression
    right: Expression


@record(eq=False)
class CompareExpression(Expression):
    """A chain: `operands[0] operators[0] operands[1] operators[1] operands[2] ...`."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]  # == != < <= > >=


@record(eq=False)
class ReceiveExpression(Expression):
    channel: Expression


@record(eq=False)
class AwaitExpression(Expression):
    handle: Expression


@record(eq=False)
class JoinExpression(Expression):
    handle: Expression


@record(eq=False)
class TryAcquireExpression(Expression):
    side: str | None  # "read", "write" or None
    target: Expression


@record(eq=False)
class SpawnExpression(Expression):
    """`spawn f(x)`, `go f(x) on pool`, `async f(x)`."""

    verb: str  # "spawn", "go" or "async"
    callee: Expression
    arguments: tuple[Expression, ...]
    runtime: Expression | None


@record(eq=False)
class ChooseExpression(Expression):
    """`choose(a, b, c)`; `choose(0..n)` has one RangeExpression."""

    options: tuple[Expression, ...]


@record(eq=False)
class RangeExpression(Expression):
    """`start..end`, half-open; only where a range is expected."""

    start: Expression
    end: Expression


@record(eq=False)
class ArrayExpression(Expression):
    items: tuple[Expression, ...]


@record(eq=False)
class TupleExpression(Expression):
    items: tuple[Expression, ...]


@record(eq=False)
class ParenExpression(Expression):
    """`(e)`: kept so that the formatter gives back what the author meant to show."""

    inner: Expression


@record(eq=False)
class ErrorExpression(Expression):
    """Stands where text did not parse; later passes say nothing about it."""


# ----------------------------------------------------------------- statements


@record(eq=False)
class Statement(Node):
    """Anything that is done."""


@record(eq=False)
class LetStatement(Statement):
    names: tuple[Name, ...]
    value: Expression


@record(eq=False)
class AssignStatement(Statement):
    target: Expression
    operator: str  # "=" "+=" "-=" "*=" "/=" "%="
    value: Expression


@record(eq=False)
class IfStatement(Statement):
    condition: Expression
    then: Block
    otherwise: Block | IfStatement | None


@record(eq=False)
class WhileStatement(Statement):
    condition: Expression
    body: Block


@record(eq=False)
class LoopStatement(Statement):
    body: Block


@record(eq=False)
class RepeatStatement(Statement):
    count: Expression
    body: Block


@record(eq=False)
class ForStatement(Statement):
    """`for i in 0..n { }` (RangeExpression) or `for v in ch { }` (a channel or an array)."""

    name: Name
    iterable: Expression
    body: Block


@record(eq=False)
class BreakStatement(Statement):
    pass


@record(eq=False)
class ContinueStatement(Statement):
    pass


@record(eq=False)
class ReturnStatement(Statement):
    value: Expression | None


@record(eq=False)
class WorkStatement(Statement):
    amount: Expression


@record(eq=False)
class SleepStatement(Statement):
    amount: Expression


@record(eq=False)
class IoStatement(Statement):
    amount: Expression
    device: Expression | None


@record(eq=False)
class YieldStatement(Statement):
    pass


@record(eq=False)
class LockStatement(Statement):
    """`lock m { }`: held until the block is left, however it is left."""

    target: Expression
    body: Block


@record(eq=False)
class RwStatement(Statement):
    """`read t { }` / `write t { }`."""

    side: str  # "read" or "write"
    target: Expression
    body: Block


@record(eq=False)
class OperateStatement(Statement):
    """A verb on one object: acquire release wait signal broadcast reset close.

    `side` is "read" or "write" for `acquire read t` and `release write t`.
    """

    verb: str
    side: str | None
    target: Expression


@record(eq=False)
class SendStatement(Statement):
    channel: Expression
    value: Expression


@record(eq=False)
class SelectArm(Node):
    """One way on: `case v = <-a`, `case (v, ok) = <-a`, `case <-a`, `case b <- e`, `after n`,
    `default`."""

    kind: str  # "receive", "send", "after" or "default"
    names: tuple[Name, ...]  # receive: 0, 1 or 2 new locals
    channel: Expression | None
    value: Expression | None  # send: the message; after: the ticks
    body: Block


@record(eq=False)
class SelectStatement(Statement):
    arms: tuple[SelectArm, ...]


@record(eq=False)
class AtomicStatement(Statement):
    body: Block


@record(eq=False)
class SectionStatement(Statement):
    name: Name
    body: Block


@record(eq=False)
class PrintStatement(Statement):
    value: Expression


@record(eq=False)
class AssertStatement(Statement):
    condition: Expression
    message: Expression | None


@record(eq=False)
class ExpressionStatement(Statement):
    """`f(x)`, `<-ch`, `join t`, `await h`, `spawn f()`, `hits.add(1)`."""

    value: Expression


@record(eq=False)
class ErrorStatement(Statement):
    """Stands where text did not parse; later passes say nothing about it."""


# --------------------------------------------------------------- declarations


@record(eq=False)
class Declaration(Node):
    """Anything at top level or inside a process."""


@record(eq=False)
class PolicyArgument(Node):
    name: Name | None
    value: Expression | Policy  # an ArrayExpression for lists


@record(eq=False)
class Policy(Node):
    """`round_robin(quantum: 2)`, `partitioned(fifo)`, `script [alice, bob[1]]`."""

    name: Name
    arguments: tuple[PolicyArgument, ...]


@record(eq=False)
class CostTable(Node):
    """`cost { read 1 write 1 sync 1 local 0 }`; entries are Settings."""

    entries: tuple[Setting, ...]


@record(eq=False)
class Setting(Node):
    """One line of a processor or runtime: `cores 2`, `scheduler fifo`, `cost { ... }`."""

    name: Name
    value: Expression | Policy | CostTable


@record(eq=False)
class ProcessorDeclaration(Declaration):
    name: Name
    settings: tuple[Setting, ...]


@record(eq=False)
class RuntimeDeclaration(Declaration):
    name: Name
    size: Expression | None  # `runtime pools[2] { }`
    settings: tuple[Setting, ...]


@record(eq=False)
class ProcessDeclaration(Declaration):
    name: Name
    declarations: tuple[Declaration, ...]


@record(eq=False)
class ConstDeclaration(Declaration):
    name: Name
    value: Expression


@record(eq=False)
class CellDeclaration(Declaration):
    """`shared x = 0`, `shared a[4] = 0`, `shared a = [1, 2]`, `atomic hits = 0`."""

    kind: str  # "shared" or "atomic"
    name: Name
    size: Expression | None
    value: Expression | None  # None only after a reported mistake


@record(eq=False)
class Option(Node):
    """`with recursive`, `with ceiling(9)`; several are separated by commas."""

    name: Name
    argument: Expression | None


@record(eq=False)
class ObjectDeclaration(Declaration):
    """lock, rwlock, semaphore, condition, barrier, event, channel, device (table OBJECT_KINDS)."""

    kind: str
    name: Name
    size: Expression | None
    argument: Expression | None  # semaphore's initial value, channel's capacity, ...
    options: tuple[Option, ...]


@record(eq=False)
class FunctionDeclaration(Declaration):
    name: Name
    parameters: tuple[Name, ...]
    body: Block


@record(eq=False)
class Attribute(Node):
    """`priority 3`, `on cpu`, `daemon`; the word `with` before the first one is not kept."""

    name: Name
    value: Expression | None


@record(eq=False)
class ThreadDeclaration(Declaration):
    name: Name
    index: Name | None
    range: RangeExpression | None
    attributes: tuple[Attribute, ...]
    body: Block


@record(eq=False)
class ErrorDeclaration(Declaration):
    """Stands where text did not parse; names it would have declared may be listed in `names`."""

    names: tuple[Name, ...]


# --------------------------------------------------------------- expectations


@record(eq=False)
class Expectation(Node):
    """What follows `expect`."""


@record(eq=False)
class ExpectState(Expectation):
    """`always E`, `never E`, `reachable E`, `finally E`, `possible E`, `eventually E`."""

    mode: str
    condition: Expression


@record(eq=False)
class ExpectLeadsTo(Expectation):
    cause: Expression
    effect: Expression


@record(eq=False)
class ExpectOutcomes(Expectation):
    value: Expression
    outcomes: tuple[Expression, ...]


@record(eq=False)
class ExpectAtMost(Expectation):
    limit: Expression
    section: Expression  # a NameExpression (or process.section)


@record(eq=False)
class ExpectFlaw(Expectation):
    """`deadlock`, `no race`, `race on count`, `no lost_update on a`, ..."""

    flaw: str
    forbidden: bool  # written with `no`
    target: Expression | None


@record(eq=False)
class ExpectError(Expectation):
    text: StringLiteral


@record(eq=False)
class ExpectTimed(Expectation):
    condition: Expression
    policy: Policy | None
    cores: Expression | None


@record(eq=False)
class ExpectDeclaration(Declaration):
    expectation: Expectation


# ------------------------------------------------------------------- the file


@record(eq=False)
class Scenario(Node):
    title: StringLiteral | None
    declarations: tuple[Declaration, ...]
