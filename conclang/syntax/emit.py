"""Tree → words: every node class once, with the tokens it is written with and the glue between.

The result is a flat `Words`: texts, their kinds, and before each word one `Glue` that says how it
may sit beside its neighbour. Nothing here decides about lines; `printer` does. Expansion uses an
explicit stack, because a tree may be deeper than Python's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, IntEnum, auto

from conclang.syntax import nodes as n

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Kind(Enum):
    """What a word is; a word of kind NUMBER, STRING or CORES takes over the author's spelling."""

    WORD = auto()
    NUMBER = auto()
    STRING = auto()
    CORES = auto()  # `core` or `cores`
    OPTIONAL = auto()  # `with` before attributes: written always, required never
    OPEN = auto()  # ( [ and the { of a set
    CLOSE = auto()
    BLOCK = auto()  # the { of a block
    END = auto()


class Glue(IntEnum):
    """What stands before a word; `FLAT` has the text of each when everything is on one line."""

    NONE = 0
    SPACE = 1
    SOFT = 2  # a space, or a new line inside a broken bracket
    WRAP = 3  # a space, or a continuation line, after a comma outside brackets
    AFTER_OPEN = 4  # nothing, or a new line if the bracket is broken
    BEFORE_CLOSE = 5
    BEFORE_CLOSE_COMMA = 6  # the same, and a comma if the bracket is broken
    IN = 7  # after the { of a block
    OUT = 8  # before its }
    LINK = 9  # between } and else
    STATEMENT = 10
    ARM = 11
    SETTING = 12
    OPERATOR = 13  # before an operator: SOFT where a new line means nothing, else SPACE


FLAT = ("", " ", " ", " ", "", "", "", " ", " ", " ", "; ", " ", "  ")
SEPARATORS = frozenset({Glue.STATEMENT, Glue.ARM, Glue.SETTING})


class Words:
    """The flat result: three lists of equal length."""

    __slots__ = ("glues", "kinds", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.kinds: list[Kind] = []
        self.glues: list[Glue] = []


Word = tuple[str, Kind]
Part = n.Node | str | Glue | Word
Parts = list[Part]

SP = Glue.SPACE
OPEN_PAREN: Word = ("(", Kind.OPEN)
CLOSE_PAREN: Word = (")", Kind.CLOSE)
OPEN_SQUARE: Word = ("[", Kind.OPEN)
CLOSE_SQUARE: Word = ("]", Kind.CLOSE)
OPEN_SET: Word = ("{", Kind.OPEN)
CLOSE_SET: Word = ("}", Kind.CLOSE)
OPEN_BLOCK: Word = ("{", Kind.BLOCK)
CLOSE_BLOCK: Word = ("}", Kind.END)


def emit(root: n.Node) -> Words:
    """All words of a tree in order."""
    words = Words()
    add_text, add_kind, add_glue = words.texts.append, words.kinds.append, words.glues.append
    glue = Glue.NONE
    brackets: list[str] = []
    stack: list[Part] = [root]
    while stack:
        part = stack.pop()
        if isinstance(part, Glue):
            glue = part
            if part is Glue.OPERATOR:
                glue = Glue.SOFT if brackets and brackets[-1] != "{" else Glue.SPACE
            continue
        if isinstance(part, n.Node):
            stack.extend(reversed(EMIT[type(part)](part)))
            continue
        text, kind = (part, Kind.WORD) if isinstance(part, str) else part
        if kind is Kind.OPEN:
            brackets.append(text)
        elif kind is Kind.CLOSE:
            brackets.pop()
        add_text(text)
        add_kind(kind)
        add_glue(glue)
        glue = Glue.NONE
    return words


# -------------------------------------------------------------------- helpers


def joined(items: Iterable[n.Node], *between: Part) -> Parts:
    parts: Parts = []
    for item in items:
        if parts:
            parts.extend(between)
        parts.append(item)
    return parts


def bracketed(opening: Word, items: Parts, closing: Word, *, comma: bool = False) -> Parts:
    before = Glue.BEFORE_CLOSE_COMMA if comma and items else Glue.BEFORE_CLOSE
    return [opening, Glue.AFTER_OPEN, *items, before, closing]


def listed(
    items: Sequence[n.Node], opening: Word = OPEN_PAREN, closing: Word = CLOSE_PAREN
) -> Parts:
    return bracketed(opening, joined(items, ",", Glue.SOFT), closing, comma=True)


def indexed(size: n.Node | None) -> Parts:
    return [] if size is None else bracketed(OPEN_SQUARE, [size], CLOSE_SQUARE)


def braced(items: Iterable[n.Node], separator: Glue) -> Parts:
    return [OPEN_BLOCK, Glue.IN, *joined(items, separator), Glue.OUT, CLOSE_BLOCK]


def optional(*parts: Part | None) -> Parts:
    """The parts, or nothing if one of them is absent."""
    return [] if any(part is None for part in parts) else [p for p in parts if p is not None]


def lead(word: str, *operands: Part | None) -> Parts:
    """A word and its operands, one space before each that is there."""
    parts: Parts = [word]
    for operand in operands:
        if operand is not None:
            parts += [SP, operand]
    return parts


def pair(names: Sequence[n.Node]) -> Parts:
    """One name, or several in parentheses."""
    return (
        [names[0]]
        if len(names) == 1
        else bracketed(OPEN_PAREN, joined(names, ",", Glue.SOFT), CLOSE_PAREN)
    )


# -------------------------------------------------------------------- strings

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_BRACES = str.maketrans({"{": "{{", "}": "}}"})


def string_text(literal: n.StringLiteral) -> str:
    """A string as source text, with quotes."""
    pieces = []
    for part in literal.parts:
        if isinstance(part, str):
            escaped = part.translate(_ESCAPES)
            pieces.append(escaped.translate(_BRACES) if literal.interpolated else escaped)
        else:
            pieces.append("{" + flat(part) + "}")
    return '"' + "".join(pieces) + '"'


def flat(root: n.Node) -> str:
    """A tree on one line."""
    words = emit(root)
    return "".join(FLAT[glue] + text for glue, text in zip(words.glues, words.texts, strict=True))


# ---------------------------------------------------------------- expressions


def compare(e: n.CompareExpression) -> Parts:
    parts: Parts = [e.operands[0]]
    for operator, operand in zip(e.operators, e.operands[1:], strict=True):
        parts += [Glue.OPERATOR, operator, SP, operand]
    return parts


def unary(e: n.UnaryExpression) -> Parts:
    if e.operator == "not":
        return ["not", SP, e.operand]
    apart = isinstance(e.operand, n.UnaryExpression) and e.operand.operator == "-"
    return ["-", SP if apart else Glue.NONE, e.operand]


def spawn(e: n.SpawnExpression) -> Parts:
    return [e.verb, SP, e.callee, *listed(e.arguments), *optional(SP, "on", SP, e.runtime)]


# ----------------------------------------------------------------- statements


def if_statement(s: n.IfStatement) -> Parts:
    parts: Parts = ["if", SP, s.condition, SP, s.then]
    return parts + optional(Glue.LINK, "else", SP, s.otherwise)


def select_arm(a: n.SelectArm) -> Parts:
    parts: Parts
    if a.kind == "default":
        parts = ["default"]
    elif a.kind == "after":
        parts = lead("after", a.value)
    elif a.kind == "send":
        parts = ["case", *optional(SP, a.channel, SP, "<-", SP, a.value)]
    else:
        names: Parts = [SP, *pair(a.names), SP, "="] if a.names else []
        parts = ["case", *names, SP, "<-", *optional(a.channel)]
    return [*parts, SP, a.body]


def assert_statement(s: n.AssertStatement) -> Parts:
    return [*lead("assert", s.condition), *optional(",", Glue.WRAP, s.message)]


# --------------------------------------------------------------- declarations


def settings(d: n.ProcessorDeclaration | n.RuntimeDeclaration) -> Parts:
    return braced(d.settings, Glue.SETTING)


def tuple_expression(e: n.TupleExpression) -> Parts:
    if len(e.items) == 1:
        return bracketed(OPEN_PAREN, [e.items[0], ","], CLOSE_PAREN)
    return listed(e.items)


def policy_argument(a: n.PolicyArgument) -> Parts:
    parts = optional(a.name, ":", SP)
    if isinstance(a.value, n.Policy) and not a.value.arguments:
        return [*parts, a.value, *listed(())]  # without the brackets it would be a plain name
    return [*parts, a.value]


def policy(p: n.Policy) -> Parts:
    if not p.arguments:
        return [p.name]
    only = p.arguments[0]
    if len(p.arguments) == 1 and only.name is None and isinstance(only.value, n.ArrayExpression):
        return [p.name, SP, only]
    return [p.name, *listed(p.arguments)]


def with_list(items: Sequence[n.Node]) -> Parts:
    if not items:
        return []
    return [SP, ("with", Kind.OPTIONAL), SP, *joined(items, ",", Glue.WRAP)]


def cell(d: n.CellDeclaration) -> Parts:
    return [d.kind, SP, d.name, *indexed(d.size), *optional(SP, "=", SP, d.value)]


def object_declaration(d: n.ObjectDeclaration) -> Parts:
    argument = [] if d.argument is None else bracketed(OPEN_PAREN, [d.argument], CLOSE_PAREN)
    return [d.kind, SP, d.name, *indexed(d.size), *argument, *with_list(d.options)]


def option(o: n.Option) -> Parts:
    argument = [] if o.argument is None else bracketed(OPEN_PAREN, [o.argument], CLOSE_PAREN)
    return [o.name, *argument]


def thread(d: n.ThreadDeclaration) -> Parts:
    members: Parts = []
    if d.index is not None:
        inside = [d.index, *optional(SP, "in", SP, d.range)]
        members = bracketed(OPEN_SQUARE, inside, CLOSE_SQUARE)
    return ["thread", SP, d.name, *members, *with_list(d.attributes), SP, d.body]


def scenario(s: n.Scenario) -> Parts:
    title: Parts = [] if s.title is None else ["scenario", SP, s.title]
    body = joined(s.declarations, Glue.STATEMENT)
    return [*title, Glue.STATEMENT, *body] if title and body else title + body


# --------------------------------------------------------------- expectations


def flaw(e: n.ExpectFlaw) -> Parts:
    parts = lead("no", e.flaw) if e.forbidden else [e.flaw]
    return parts + optional(SP, "on", SP, e.target)


def timed(e: n.ExpectTimed) -> Parts:
    under = optional(SP, "under", SP, e.policy)
    cores = optional(SP, "on", SP, e.cores, SP, ("cores", Kind.CORES))
    return ["timed", SP, e.condition, *under, *cores]


def outcomes(e: n.ExpectOutcomes) -> Parts:
    return ["outcomes", SP, e.value, SP, "==", SP, *listed(e.outcomes, OPEN_SET, CLOSE_SET)]


# ------------------------------------------------------------------ the table

EMIT: dict[type[n.Node], Callable[[Any], Parts]] = {
    n.Name: lambda x: [x.text],
    n.Block: lambda x: braced(x.statements, Glue.STATEMENT),
    n.IntLiteral: lambda x: [(str(x.value), Kind.NUMBER)],
    n.DecimalLiteral: lambda x: [(x.text, Kind.NUMBER)],
    n.BoolLiteral: lambda x: ["true" if x.value else "false"],
    n.StringLiteral: lambda x: [(string_text(x), Kind.STRING)],
    n.NameExpression: lambda x: [x.name],
    n.FieldExpression: lambda x: [x.base, ".", x.name],
    n.IndexExpression: lambda x: [x.base, *indexed(x.index)],
    n.CallExpression: lambda x: [x.callee, *listed(x.arguments)],
    n.UnaryExpression: unary,
    n.BinaryExpression: lambda x: [x.left, Glue.OPERATOR, x.operator, SP, x.right],
    n.CompareExpression: compare,
    n.ReceiveExpression: lambda x: ["<-", x.channel],
    n.AwaitExpression: lambda x: lead("await", x.handle),
    n.JoinExpression: lambda x: lead("join", x.handle),
    n.TryAcquireExpression: lambda x: lead("try_acquire", x.side, x.target),
    n.SpawnExpression: spawn,
    n.ChooseExpression: lambda x: ["choose", *listed(x.options)],
    n.RangeExpression: lambda x: [x.start, "..", x.end],
    n.ArrayExpression: lambda x: listed(x.items, OPEN_SQUARE, CLOSE_SQUARE),
    n.TupleExpression: tuple_expression,
    n.ParenExpression: lambda x: bracketed(OPEN_PAREN, [x.inner], CLOSE_PAREN),
    n.ErrorExpression: lambda x: ["…"],
    n.LetStatement: lambda x: ["let", SP, *pair(x.names), SP, "=", SP, x.value],
    n.AssignStatement: lambda x: [x.target, SP, x.operator, SP, x.value],
    n.IfStatement: if_statement,
    n.WhileStatement: lambda x: lead("while", x.condition, x.body),
    n.LoopStatement: lambda x: lead("loop", x.body),
    n.RepeatStatement: lambda x: lead("repeat", x.count, x.body),
    n.ForStatement: lambda x: lead("for", x.name, "in", x.iterable, x.body),
    n.BreakStatement: lambda x: ["break"],
    n.ContinueStatement: lambda x: ["continue"],
    n.ReturnStatement: lambda x: lead("return", x.value),
    n.WorkStatement: lambda x: lead("work", x.amount),
    n.SleepStatement: lambda x: lead("sleep", x.amount),
    n.IoStatement: lambda x: [*lead("io", x.amount), *optional(SP, "on", SP, x.device)],
    n.YieldStatement: lambda x: ["yield"],
    n.LockStatement: lambda x: lead("lock", x.target, x.body),
    n.RwStatement: lambda x: lead(x.side, x.target, x.body),
    n.OperateStatement: lambda x: lead(x.verb, x.side, x.target),
    n.SendStatement: lambda x: [x.channel, SP, "<-", SP, x.value],
    n.SelectArm: select_arm,
    n.SelectStatement: lambda x: ["select", SP, *braced(x.arms, Glue.ARM)],
    n.AtomicStatement: lambda x: lead("atomic", x.body),
    n.SectionStatement: lambda x: lead("section", x.name, x.body),
    n.PrintStatement: lambda x: lead("print", x.value),
    n.AssertStatement: assert_statement,
    n.ExpressionStatement: lambda x: [x.value],
    n.ErrorStatement: lambda x: ["…"],
    n.PolicyArgument: policy_argument,
    n.Policy: policy,
    n.CostTable: lambda x: braced(x.entries, Glue.ARM),
    n.Setting: lambda x: [x.name, SP, x.value],
    n.ProcessorDeclaration: lambda x: [*lead("processor", x.name), SP, *settings(x)],
    n.RuntimeDeclaration: lambda x: [*lead("runtime", x.name), *indexed(x.size), SP, *settings(x)],
    n.ProcessDeclaration: lambda x: [
        "process", SP, x.name, SP, *braced(x.declarations, Glue.STATEMENT)
    ],
    n.ConstDeclaration: lambda x: ["const", SP, x.name, SP, "=", SP, x.value],
    n.CellDeclaration: cell,
    n.Option: option,
    n.ObjectDeclaration: object_declaration,
    n.FunctionDeclaration: lambda x: ["fn", SP, x.name, *listed(x.parameters), SP, x.body],
    n.Attribute: lambda x: [x.name, *optional(SP, x.value)],
    n.ThreadDeclaration: thread,
    n.ErrorDeclaration: lambda x: ["…"],
    n.ExpectState: lambda x: lead(x.mode, x.condition),
    n.ExpectLeadsTo: lambda x: [x.cause, SP, "leads", SP, "to", SP, x.effect],
    n.ExpectOutcomes: outcomes,
    n.ExpectAtMost: lambda x: lead("at", "most", x.limit, "in", x.section),
    n.ExpectFlaw: flaw,
    n.ExpectError: lambda x: lead("error", x.text),
    n.ExpectTimed: timed,
    n.ExpectDeclaration: lambda x: lead("expect", x.expectation),
    n.Scenario: scenario,
}  # fmt: skip
