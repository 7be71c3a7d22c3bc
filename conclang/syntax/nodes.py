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

from dataclasses import dataclass

from conclang.diagnostics.source import Span


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Node:
    """Root of all tree classes."""

    id: int
    span: Span


# ---------------------------------------------------------------- small parts


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Name(Node):
    """A name where it is introduced (`shared count`) or a word checked by meaning (`quantum:`)."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Block(Node):
    """Statements between braces."""

    statements: tuple[Statement, ...]


# ---------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Expression(Node):
    """Anything with a value."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IntLiteral(Expression):
    value: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DecimalLiteral(Expression):
    """`10.5`, kept as written: only `expect timed` may use it, and compares it exactly."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BoolLiteral(Expression):
    value: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StringLiteral(Expression):
    """Text pieces and, in `print` and assert messages, `{expr}` pieces between them.

    `parts` alternates freely; adjacent strings are merged; escapes and `{{` `}}` are resolved.
    Outside `print` and assert messages braces are plain characters and `parts` is one string.
    """

    parts: tuple[str | Expression, ...]
    interpolated: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NameExpression(Expression):
    name: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FieldExpression(Expression):
    """`web.total` (a process's object) or `hits.add` (only as a callee)."""

    base: Expression
    name: Name


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IndexExpression(Expression):
    base: Expression
    index: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CallExpression(Expression):
    """`f(x)`, `min(a, b)`, `hits.add(1)` (callee is a FieldExpression)."""

    callee: Expression
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class UnaryExpression(Expression):
    operator: str  # "-" or "not"
    operand: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BinaryExpression(Expression):
    operator: str  # + - * / % and or
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CompareExpression(Expression):
    """A chain: `operands[0] operators[0] operands[1] operators[1] operands[2] ...`."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]  # == != < <= > >=


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReceiveExpression(Expression):
    channel: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AwaitExpression(Expression):
    handle: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class JoinExpression(Expression):
    handle: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TryAcquireExpression(Expression):
    side: str | None  # "read", "write" or None
    target: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SpawnExpression(Expression):
    """`spawn f(x)`, `go f(x) on pool`, `async f(x)`."""

    verb: str  # "spawn", "go" or "async"
    callee: Expression
    arguments: tuple[Expression, ...]
    runtime: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChooseExpression(Expression):
    """`choose(a, b, c)`; `choose(0..n)` has one RangeExpression."""

    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RangeExpression(Expression):
    """`start..end`, half-open; only where a range is expected."""

    start: Expression
    end: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ArrayExpression(Expression):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TupleExpression(Expression):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ParenExpression(Expression):
    """`(e)`: kept so that the formatter gives back what the author meant to show."""

    inner: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ErrorExpression(Expression):
    """Stands where text did not parse; later passes say nothing about it."""


# ----------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Statement(Node):
    """Anything that is done."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LetStatement(Statement):
    names: tuple[Name, ...]
    value: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AssignStatement(Statement):
    target: Expression
    operator: str  # "=" "+=" "-=" "*=" "/=" "%="
    value: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IfStatement(Statement):
    condition: Expression
    then: Block
    otherwise: Block | IfStatement | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WhileStatement(Statement):
    condition: Expression
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LoopStatement(Statement):
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RepeatStatement(Statement):
    count: Expression
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ForStatement(Statement):
    """`for i in 0..n { }` (RangeExpression) or `for v in ch { }` (a channel or an array)."""

    name: Name
    iterable: Expression
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BreakStatement(Statement):
    pass


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ContinueStatement(Statement):
    pass


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReturnStatement(Statement):
    value: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkStatement(Statement):
    amount: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SleepStatement(Statement):
    amount: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IoStatement(Statement):
    amount: Expression
    device: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class YieldStatement(Statement):
    pass


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LockStatement(Statement):
    """`lock m { }`: held until the block is left, however it is left."""

    target: Expression
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RwStatement(Statement):
    """`read t { }` / `write t { }`."""

    side: str  # "read" or "write"
    target: Expression
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OperateStatement(Statement):
    """A verb on one object: acquire release wait signal broadcast reset close.

    `side` is "read" or "write" for `acquire read t` and `release write t`.
    """

    verb: str
    side: str | None
    target: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SendStatement(Statement):
    channel: Expression
    value: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SelectArm(Node):
    """One way on: `case v = <-a`, `case (v, ok) = <-a`, `case <-a`, `case b <- e`, `after n`,
    `default`."""

    kind: str  # "receive", "send", "after" or "default"
    names: tuple[Name, ...]  # receive: 0, 1 or 2 new locals
    channel: Expression | None
    value: Expression | None  # send: the message; after: the ticks
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SelectStatement(Statement):
    arms: tuple[SelectArm, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AtomicStatement(Statement):
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SectionStatement(Statement):
    name: Name
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PrintStatement(Statement):
    value: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AssertStatement(Statement):
    condition: Expression
    message: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpressionStatement(Statement):
    """`f(x)`, `<-ch`, `join t`, `await h`, `spawn f()`, `hits.add(1)`."""

    value: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ErrorStatement(Statement):
    """Stands where text did not parse; later passes say nothing about it."""


# --------------------------------------------------------------- declarations


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Declaration(Node):
    """Anything at top level or inside a process."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PolicyArgument(Node):
    name: Name | None
    value: Expression | Policy  # an ArrayExpression for lists


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Policy(Node):
    """`round_robin(quantum: 2)`, `partitioned(fifo)`, `script [alice, bob[1]]`."""

    name: Name
    arguments: tuple[PolicyArgument, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CostTable(Node):
    """`cost { read 1 write 1 sync 1 local 0 }`; entries are Settings."""

    entries: tuple[Setting, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Setting(Node):
    """One line of a processor or runtime: `cores 2`, `scheduler fifo`, `cost { ... }`."""

    name: Name
    value: Expression | Policy | CostTable


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ProcessorDeclaration(Declaration):
    name: Name
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RuntimeDeclaration(Declaration):
    name: Name
    size: Expression | None  # `runtime pools[2] { }`
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ProcessDeclaration(Declaration):
    name: Name
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ConstDeclaration(Declaration):
    name: Name
    value: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CellDeclaration(Declaration):
    """`shared x = 0`, `shared a[4] = 0`, `shared a = [1, 2]`, `atomic hits = 0`."""

    kind: str  # "shared" or "atomic"
    name: Name
    size: Expression | None
    value: Expression | None  # None only after a reported mistake


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Option(Node):
    """`with recursive`, `with ceiling(9)`; several are separated by commas."""

    name: Name
    argument: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ObjectDeclaration(Declaration):
    """lock, rwlock, semaphore, condition, barrier, event, channel, device (table OBJECT_KINDS)."""

    kind: str
    name: Name
    size: Expression | None
    argument: Expression | None  # semaphore's initial value, channel's capacity, ...
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FunctionDeclaration(Declaration):
    name: Name
    parameters: tuple[Name, ...]
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Attribute(Node):
    """`priority 3`, `on cpu`, `daemon`; the word `with` before the first one is not kept."""

    name: Name
    value: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ThreadDeclaration(Declaration):
    name: Name
    index: Name | None
    range: RangeExpression | None
    attributes: tuple[Attribute, ...]
    body: Block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ErrorDeclaration(Declaration):
    """Stands where text did not parse; names it would have declared may be listed in `names`."""

    names: tuple[Name, ...]


# --------------------------------------------------------------- expectations


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Expectation(Node):
    """What follows `expect`."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectState(Expectation):
    """`always E`, `never E`, `reachable E`, `finally E`, `possible E`, `eventually E`."""

    mode: str
    condition: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectLeadsTo(Expectation):
    cause: Expression
    effect: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectOutcomes(Expectation):
    value: Expression
    outcomes: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectAtMost(Expectation):
    limit: Expression
    section: Expression  # a NameExpression (or process.section)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectFlaw(Expectation):
    """`deadlock`, `no race`, `race on count`, `no lost_update on a`, ..."""

    flaw: str
    forbidden: bool  # written with `no`
    target: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectError(Expectation):
    text: StringLiteral


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectTimed(Expectation):
    condition: Expression
    policy: Policy | None
    cores: Expression | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExpectDeclaration(Declaration):
    expectation: Expectation


# ------------------------------------------------------------------- the file


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scenario(Node):
    title: StringLiteral | None
    declarations: tuple[Declaration, ...]
