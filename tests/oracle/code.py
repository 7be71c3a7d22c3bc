"""A scenario's tree as stack code for the oracle.

Each thread body and each function becomes one list of instructions (tuples, the name first).
Instructions named in `VISIBLE` are the micro-ops of section 4 of the language page; everything
else is thread-local. Scopes that must be left tidily (`lock`, `read`, `write`, `section`) are
known here, so `break`, `continue` and `return` emit the leaving operations themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from conclang.syntax import nodes as n

VISIBLE = frozenset(
    "read write atomic_op acquire release try wait signal broadcast reset close send receive "
    "range_receive select spawn join await leave print pause atomic_begin atomic_end".split()
)
BUILTINS = ("min", "max", "abs", "len")


class Unsupported(Exception):
    """The oracle does not know this form (it is for small programs only)."""


@dataclass
class Code:
    """One body: instructions, number of local slots, name to show."""

    name: str
    parameters: int = 0
    slots: int = 0
    instructions: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass
class Thread:
    name: str
    code: int
    arguments: tuple[Any, ...]
    daemon: bool


@dataclass
class Program:
    """Everything the search needs; `layout` gives each object element its place in the store."""

    codes: list[Code] = field(default_factory=list)
    functions: dict[str, int] = field(default_factory=dict)
    threads: list[Thread] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int | None] = field(default_factory=dict)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    initial: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    layout: dict[tuple[str, int], int] = field(default_factory=dict)
    expectations: list[tuple[str, n.Expectation]] = field(default_factory=list)
    cores: int = 0
    late_ends: bool = False  # is the end of a task a step, if it has no worker or loop then?

    def cells(self) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in ("shared", "atomic")]


def compile_scenario(scenario: n.Scenario, defines: dict[str, Any] | None = None) -> Program:
    program = Program()
    _declare(program, scenario.declarations, "", defines or {})
    program.cores = program.cores or 2
    _bodies(program, scenario.declarations, "")
    place = 0
    for name in program.kinds:
        for index in range(program.sizes[name] or 1):
            program.layout[name, index] = place
            place += 1
    program.late_ends = _late_ends(program)
    return program


def _late_ends(program: Program) -> bool:
    """Somebody joins or awaits, and a task or a body with tasks may keep its worker or loop."""
    everything = [i for code in program.codes for i in code.instructions]
    if not any(i[0] in ("join", "await") for i in everything):
        return False
    made = [i for i in everything if i[0] == "spawn"]
    keeping = {"acquire", "join", "wait"}
    if any(_keeps(program, i[2], keeping) for i in made if i[1] in ("go", "async")):
        return True
    bodies = {t.code for t in program.threads} | {i[2] for i in made if i[1] == "spawn"}
    keeping |= {"send", "receive", "range_receive", "select"}
    return any(_has_loop_mates(program, b) and _keeps(program, b, keeping) for b in bodies)


def _keeps(program: Program, code: int, keeping: set[str]) -> bool:
    return any(
        i[0] in keeping or (i[0].startswith("jump") and i[1] <= pc)
        for reached in _reached(program, code)
        for pc, i in enumerate(program.codes[reached].instructions)
    )


def _has_loop_mates(program: Program, code: int) -> bool:
    reached = _reached(program, code)
    return any(i[:2] == ("spawn", "async") for r in reached for i in program.codes[r].instructions)


def _reached(program: Program, code: int) -> set[int]:
    """The code and all that it calls."""
    found, pending = {code}, [code]
    while pending:
        called = {i[1] for i in program.codes[pending.pop()].instructions if i[0] == "call"}
        pending += sorted(called - found)
        found |= called
    return found


# ------------------------------------------------------------- declarations


def _declare(program: Program, declarations: Any, prefix: str, defines: dict[str, Any]) -> None:
    for item in declarations:
        if isinstance(item, n.ConstDeclaration):
            value = defines.get(item.name.text)
            value = constant(program, item.value, prefix) if value is None else value
            program.constants[prefix + item.name.text] = value
        elif isinstance(item, n.CellDeclaration):
            _declare_cell(program, item, prefix)
        elif isinstance(item, n.ObjectDeclaration):
            _declare_object(program, item, prefix)
        elif isinstance(item, n.RuntimeDeclaration):
            _declare_runtime(program, item, prefix)
        elif isinstance(item, n.ProcessorDeclaration):
            settings = {s.name.text: s.value for s in item.settings}
            cores = settings.get("cores")
            program.cores += 2 if cores is None else constant(program, cores, prefix)
        elif isinstance(item, n.FunctionDeclaration):
            program.functions[prefix + item.name.text] = len(program.codes)
            program.codes.append(Code(item.name.text))
        elif isinstance(item, n.ProcessDeclaration):
            _declare(program, item.declarations, f"{item.name.text}.", defines)


def _declare_cell(program: Program, item: n.CellDeclaration, prefix: str) -> None:
    name = prefix + item.name.text
    assert item.value is not None
    value = constant(program, item.value, prefix)
    program.kinds[name] = item.kind
    program.options[name] = {}
    if item.size is not None:
        size = constant(program, item.size, prefix)
        program.sizes[name] = size
        program.initial[name] = value if isinstance(value, tuple) else (value,) * size
    elif isinstance(value, tuple):
        program.sizes[name], program.initial[name] = len(value), value
    else:
        program.sizes[name], program.initial[name] = None, (value,)


def _declare_object(program: Program, item: n.ObjectDeclaration, prefix: str) -> None:
    name = prefix + item.name.text
    program.kinds[name] = item.kind
    size = None if item.size is None else constant(program, item.size, prefix)
    program.sizes[name] = size
    program.options[name] = {option.name.text: True for option in item.options}
    given = None if item.argument is None else constant(program, item.argument, prefix)
    program.options[name]["argument"] = given
    first = {
        "lock": (None, 0, None),
        "rwlock": (None, ()),
        "semaphore": given if given is not None else 0,
        "condition": (),
        "barrier": (),
        "event": False,
        "channel": ((), False),
        "device": (),
    }[item.kind]
    program.initial[name] = (first,) * (size or 1)


def _declare_runtime(program: Program, item: n.RuntimeDeclaration, prefix: str) -> None:
    name = prefix + item.name.text
    settings = {s.name.text: s.value for s in item.settings}
    program.kinds[name] = "runtime"
    program.sizes[name] = None if item.size is None else constant(program, item.size, prefix)
    workers = settings.get("workers")
    program.options[name] = {"workers": constant(program, workers, prefix) if workers else None}
    program.initial[name] = ((),) * (program.sizes[name] or 1)


def _bodies(program: Program, declarations: Any, prefix: str) -> None:
    for item in declarations:
        if isinstance(item, n.FunctionDeclaration):
            code = program.codes[program.functions[prefix + item.name.text]]
            names = [p.text for p in item.parameters]
            Compiler(program, prefix, code).body(item.body, names)
        elif isinstance(item, n.ThreadDeclaration):
            _thread(program, item, prefix)
        elif isinstance(item, n.ProcessDeclaration):
            _bodies(program, item.declarations, f"{item.name.text}.")
        elif isinstance(item, n.ExpectDeclaration):
            program.expectations.append((prefix, item.expectation))


def _thread(program: Program, item: n.ThreadDeclaration, prefix: str) -> None:
    daemon = any(attribute.name.text == "daemon" for attribute in item.attributes)
    code = Code(item.name.text)
    program.codes.append(code)
    number = len(program.codes) - 1
    names = [item.index.text] if item.index else []
    Compiler(program, prefix, code).body(item.body, names)
    name = prefix + item.name.text
    if item.range is None:
        program.threads.append(Thread(name, number, (), daemon))
        return
    start = constant(program, item.range.start, prefix)
    for index in range(start, constant(program, item.range.end, prefix)):
        program.threads.append(Thread(f"{name}[{index}]", number, (index,), daemon))


def constant(program: Program, expression: n.Expression, prefix: str) -> Any:
    """The value of an expression without steps."""
    from tests.oracle.state import evaluate

    code = Code("constant")
    compiler = Compiler(program, prefix, code)
    compiler.expression(expression)
    return evaluate(code.instructions)


# ------------------------------------------------------------------- bodies


@dataclass
class Loop:
    """An enclosing loop: where `continue` goes, and the jumps of its `break`s to patch."""

    again: int
    scopes: int
    kept: int  # hidden operands that the loop keeps are in slots, so nothing is on the stack
    breaks: list[int] = field(default_factory=list)
    continues: list[int] = field(default_factory=list)


class Compiler:
    """Translates one body."""

    def __init__(self, program: Program, prefix: str, code: Code) -> None:
        self.program = program
        self.prefix = prefix
        self.code = code
        self.out = code.instructions
        self.names: list[dict[str, int]] = [{}]
        self.scopes: list[tuple[str, Any]] = []
        self.loops: list[Loop] = []

    def body(self, block: n.Block, parameters: list[str]) -> None:
        for name in parameters:
            self.bind(name)
        self.code.parameters = len(parameters)
        self.block(block)
        self.emit("push", 0)
        self.emit("return")

    # -- helpers

    def emit(self, *instruction: Any) -> int:
        self.out.append(instruction)
        return len(self.out) - 1

    def patch(self, place: int, *more: Any) -> None:
        """Fill in the target of a jump: here."""
        self.out[place] = (*self.out[place][:1], len(self.out), *more)

    def slot(self) -> int:
        self.code.slots += 1
        return self.code.slots - 1

    def bind(self, name: str) -> int:
        slot = self.slot()
        self.names[-1][name] = slot
        return slot

    def local(self, name: str) -> int | None:
        for scope in reversed(self.names):
            if name in scope:
                return scope[name]
        return None

    def object(self, name: str) -> str | None:
        for full in (self.prefix + name, name):
            if full in self.program.kinds:
                return full
        return None

    # -- statements

    def block(self, block: n.Block) -> None:
        self.names.append({})
        for statement in block.statements:
            self.statement(statement)
        self.names.pop()

    def statement(self, s: n.Statement) -> None:
        method = getattr(self, "do_" + type(s).__name__, None)
        if method is None:
            raise Unsupported(type(s).__name__)
        method(s)

    def do_LetStatement(self, s: n.LetStatement) -> None:
        if len(s.names) == 2 and isinstance(strip(s.value), n.ReceiveExpression):
            self.receive(strip(s.value), 2)
        else:
            self.expression(s.value)
        if len(s.names) == 1:
            self.emit("store", self.bind(s.names[0].text))
            return
        self.emit("unpack", len(s.names))
        for name in reversed(s.names):
            self.emit("store", self.bind(name.text))

    def do_AssignStatement(self, s: n.AssignStatement) -> None:
        target = strip(s.target)
        if isinstance(target, n.NameExpression) and self.local(target.name) is not None:
            slot = self.local(target.name)
            if s.operator != "=":
                self.emit("load", slot)
            self.expression(s.value)
            if s.operator != "=":
                self.emit("binary", s.operator[:-1])
            self.emit("store", slot)
            return
        self.address(target)
        if s.operator != "=":
            self.emit("dup")
            self.emit("read")
        self.expression(s.value)
        if s.operator != "=":
            self.emit("binary", s.operator[:-1])
        self.emit("write")

    def do_IfStatement(self, s: n.IfStatement) -> None:
        self.expression(s.condition)
        skip = self.emit("jump_false", None)
        self.block(s.then)
        if s.otherwise is None:
            self.patch(skip)
            return
        over = self.emit("jump", None)
        self.patch(skip)
        if isinstance(s.otherwise, n.Block):
            self.block(s.otherwise)
        else:
            self.statement(s.otherwise)
        self.patch(over)

    def loop(self) -> Loop:
        self.loops.append(Loop(len(self.out), len(self.scopes), 0))
        return self.loops[-1]

    def end_loop(self, loop: Loop) -> None:
        for place in loop.breaks:
            self.patch(place)
        self.loops.pop()

    def continue_here(self, loop: Loop) -> None:
        for place in loop.continues:
            self.patch(place)

    def do_WhileStatement(self, s: n.WhileStatement) -> None:
        loop = self.loop()
        self.expression(s.condition)
        loop.breaks.append(self.emit("jump_false", None))
        self.block(s.body)
        self.continue_here(loop)
        self.emit("jump", loop.again)
        self.end_loop(loop)

    def do_LoopStatement(self, s: n.LoopStatement) -> None:
        loop = self.loop()
        self.block(s.body)
        self.continue_here(loop)
        self.emit("jump", loop.again)
        self.end_loop(loop)

    def do_RepeatStatement(self, s: n.RepeatStatement) -> None:
        self.expression(s.count)
        self.counted(None, s.body, lambda: self.emit("push", 0))

    def do_ForStatement(self, s: n.ForStatement) -> None:
        source = strip(s.iterable)
        if isinstance(source, n.RangeExpression):
            start = self.slot()
            self.expression(source.start)
            self.emit("store", start)
            self.expression(source.end)
            self.counted(s.name.text, s.body, lambda: self.emit("load", start))
            return
        channel = self.slot()
        self.expression(source)
        self.emit("store", channel)
        loop = self.loop()
        self.emit("load", channel)
        loop.breaks.append(self.emit("range_receive", None))
        self.names.append({})
        self.emit("store", self.bind(s.name.text))
        self.block(s.body)
        self.names.pop()
        self.continue_here(loop)
        self.emit("jump", loop.again)
        self.end_loop(loop)

    def counted(self, name: str | None, body: n.Block, first: Any) -> None:
        """A loop from `first` up to the limit on the stack."""
        limit, at = self.slot(), self.slot()
        self.emit("store", limit)
        first()
        self.emit("store", at)
        loop = self.loop()
        self.emit("load", at)
        self.emit("load", limit)
        self.emit("compare", "<")
        loop.breaks.append(self.emit("jump_false", None))
        self.names.append({})
        if name is not None:
            self.emit("load", at)
            self.emit("store", self.bind(name))
        self.block(body)
        self.names.pop()
        self.continue_here(loop)
        self.emit("load", at)
        self.emit("push", 1)
        self.emit("binary", "+")
        self.emit("store", at)
        self.emit("jump", loop.again)
        self.end_loop(loop)

    def leave_down_to(self, depth: int) -> None:
        for kind, detail in reversed(self.scopes[depth:]):
            self.leave(kind, detail)

    def leave(self, kind: str, detail: Any) -> None:
        if kind == "section":
            self.emit("leave", detail)
        elif kind == "atomic":
            self.emit("atomic_end")
        else:
            self.emit("load", detail)
            self.emit("release", None if kind == "lock" else kind)

    def do_BreakStatement(self, s: n.BreakStatement) -> None:
        self.leave_down_to(self.loops[-1].scopes)
        self.loops[-1].breaks.append(self.emit("jump", None))

    def do_ContinueStatement(self, s: n.ContinueStatement) -> None:
        self.leave_down_to(self.loops[-1].scopes)
        self.loops[-1].continues.append(self.emit("jump", None))

    def do_ReturnStatement(self, s: n.ReturnStatement) -> None:
        if s.value is None:
            self.emit("push", 0)
        else:
            self.expression(s.value)
        self.leave_down_to(0)
        self.emit("return")

    def do_WorkStatement(self, s: n.WorkStatement) -> None:
        self.expression(s.amount)
        self.emit("amount")

    def do_SleepStatement(self, s: n.SleepStatement) -> None:
        self.expression(s.amount)
        self.emit("amount")
        self.emit("pause")

    def do_IoStatement(self, s: n.IoStatement) -> None:
        self.expression(s.amount)
        self.emit("amount")
        self.emit("pause")

    def do_YieldStatement(self, s: n.YieldStatement) -> None:
        pass

    def scoped(self, kind: str, target: n.Expression, body: n.Block) -> None:
        slot = self.slot()
        self.expression(target)
        self.emit("store", slot)
        self.emit("load", slot)
        self.emit("acquire", None if kind == "lock" else kind)
        self.scopes.append((kind, slot))
        self.block(body)
        self.scopes.pop()
        self.leave(kind, slot)

    def do_LockStatement(self, s: n.LockStatement) -> None:
        self.scoped("lock", s.target, s.body)

    def do_RwStatement(self, s: n.RwStatement) -> None:
        self.scoped(s.side, s.target, s.body)

    def do_OperateStatement(self, s: n.OperateStatement) -> None:
        self.expression(s.target)
        if s.verb in ("acquire", "release"):
            self.emit(s.verb, s.side)
        else:
            self.emit(s.verb)

    def do_SendStatement(self, s: n.SendStatement) -> None:
        self.expression(s.channel)
        self.expression(s.value)
        self.emit("send")

    def do_SelectStatement(self, s: n.SelectStatement) -> None:
        for arm in s.arms:
            if arm.channel is not None:
                self.expression(arm.channel)
            if arm.value is not None:
                self.expression(arm.value)
        place = self.emit("select", None)
        ends, arms = [], []
        for arm in s.arms:
            arms.append((arm.kind, len(arm.names), len(self.out)))
            self.names.append({})
            if len(arm.names) == 2:
                self.emit("unpack", 2)
            for name in reversed(arm.names):
                self.emit("store", self.bind(name.text))
            self.block(arm.body)
            self.names.pop()
            ends.append(self.emit("jump", None))
        self.out[place] = ("select", tuple(arms))
        for end in ends:
            self.patch(end)

    def do_AtomicStatement(self, s: n.AtomicStatement) -> None:
        self.emit("atomic_begin")
        self.scopes.append(("atomic", None))
        self.block(s.body)
        self.scopes.pop()
        self.emit("atomic_end")

    def do_SectionStatement(self, s: n.SectionStatement) -> None:
        self.emit("enter", s.name.text)
        self.scopes.append(("section", s.name.text))
        self.block(s.body)
        self.scopes.pop()
        self.emit("leave", s.name.text)

    def do_PrintStatement(self, s: n.PrintStatement) -> None:
        self.expression(s.value)
        self.emit("print")

    def do_AssertStatement(self, s: n.AssertStatement) -> None:
        self.expression(s.condition)
        good = self.emit("jump_true", None)
        if s.message is not None:
            self.expression(s.message)
        else:
            self.emit("push", "")
        self.emit("fail")
        self.patch(good)

    def do_ExpressionStatement(self, s: n.ExpressionStatement) -> None:
        self.expression(s.value)
        self.emit("pop")

    # -- expressions

    def expression(self, e: n.Expression) -> None:
        method = getattr(self, "of_" + type(e).__name__, None)
        if method is None:
            raise Unsupported(type(e).__name__)
        method(e)

    def of_ParenExpression(self, e: n.ParenExpression) -> None:
        self.expression(e.inner)

    def of_IntLiteral(self, e: n.IntLiteral) -> None:
        self.emit("push", e.value)

    def of_BoolLiteral(self, e: n.BoolLiteral) -> None:
        self.emit("push", e.value)

    def of_StringLiteral(self, e: n.StringLiteral) -> None:
        for part in e.parts:
            if isinstance(part, str):
                self.emit("push", part)
            else:
                self.expression(part)
        self.emit("text", len(e.parts))

    def of_NameExpression(self, e: n.NameExpression) -> None:
        slot = self.local(e.name)
        if slot is not None:
            self.emit("load", slot)
            return
        for full in (self.prefix + e.name, e.name):
            if full in self.program.constants:
                self.emit("push", self.program.constants[full])
                return
        if e.name == "self":
            self.emit("self")
            return
        full_name = self.object(e.name)
        if full_name is None:
            raise Unsupported(f"name {e.name}")
        self.use(full_name)

    def use(self, name: str) -> None:
        """The value of a whole object: a handle, a cell's content, an array read in order."""
        cell = self.program.kinds[name] in ("shared", "atomic")
        size = self.program.sizes[name]
        if size is None:
            self.emit("push", ("ref", name, 0))
            if cell:
                self.emit("read")
        elif cell:
            for index in range(size):
                self.emit("push", ("ref", name, index))
                self.emit("read")
            self.emit("array", size)
        else:
            raise Unsupported("a whole array of objects")

    def of_FieldExpression(self, e: n.FieldExpression) -> None:
        self.use(self.field_name(e))

    def field_name(self, e: n.FieldExpression) -> str:
        base = strip(e.base)
        if not isinstance(base, n.NameExpression):
            raise Unsupported("field")
        return f"{base.name}.{e.name.text}"

    def address(self, e: n.Expression) -> None:
        """Push a reference to a cell or an object's element."""
        e = strip(e)
        if isinstance(e, n.NameExpression):
            name = self.object(e.name)
        elif isinstance(e, n.FieldExpression):
            name = self.field_name(e)
        elif isinstance(e, n.IndexExpression):
            base = strip(e.base)
            name = (
                self.object(base.name)
                if isinstance(base, n.NameExpression)
                else self.field_name(base)  # type: ignore[arg-type]
            )
            self.expression(e.index)
            self.emit("element", name, self.program.sizes[name] or 1)
            return
        else:
            raise Unsupported("assignment target")
        if name is None:
            raise Unsupported("unknown name")
        self.emit("push", ("ref", name, 0))

    def of_IndexExpression(self, e: n.IndexExpression) -> None:
        base = strip(e.base)
        name = None
        if isinstance(base, n.NameExpression) and self.local(base.name) is None:
            name = self.object(base.name)
        elif isinstance(base, n.FieldExpression):
            name = self.field_name(base)
        if name is None:
            self.expression(base)
            self.expression(e.index)
            self.emit("index")
            return
        self.address(e)
        if self.program.kinds[name] in ("shared", "atomic"):
            self.emit("read")

    def of_CallExpression(self, e: n.CallExpression) -> None:
        callee = strip(e.callee)
        if isinstance(callee, n.FieldExpression):
            self.address(callee.base)
            for argument in e.arguments:
                self.expression(argument)
            self.emit("atomic_op", callee.name.text, len(e.arguments))
            return
        if not isinstance(callee, n.NameExpression):
            raise Unsupported("callee")
        for argument in e.arguments:
            self.expression(argument)
        if callee.name in BUILTINS:
            self.emit("builtin", callee.name, len(e.arguments))
        else:
            self.emit("call", self.function(callee.name), len(e.arguments))

    def function(self, name: str) -> int:
        for full in (self.prefix + name, name):
            if full in self.program.functions:
                return self.program.functions[full]
        raise Unsupported(f"function {name}")

    def of_UnaryExpression(self, e: n.UnaryExpression) -> None:
        self.expression(e.operand)
        self.emit("unary", e.operator)

    def of_BinaryExpression(self, e: n.BinaryExpression) -> None:
        self.expression(e.left)
        if e.operator in ("and", "or"):
            self.emit("dup")
            skip = self.emit("jump_false" if e.operator == "and" else "jump_true", None)
            self.emit("pop")
            self.expression(e.right)
            self.patch(skip)
            return
        self.expression(e.right)
        self.emit("binary", e.operator)

    def of_CompareExpression(self, e: n.CompareExpression) -> None:
        """`a < b < c`: each operand once, the rest unread as soon as one link fails."""
        self.expression(e.operands[0])
        ends = []
        last = len(e.operators) - 1
        for position, operator in enumerate(e.operators):
            self.expression(e.operands[position + 1])
            if position == last:
                self.emit("compare", operator)
                break
            kept = self.slot()
            self.emit("store", kept)
            self.emit("load", kept)
            self.emit("compare", operator)
            self.emit("dup")
            ends.append(self.emit("jump_false", None))
            self.emit("pop")
            self.emit("load", kept)
        for end in ends:
            self.patch(end)

    def receive(self, e: n.ReceiveExpression, values: int) -> None:
        self.expression(e.channel)
        self.emit("receive", values)

    def of_ReceiveExpression(self, e: n.ReceiveExpression) -> None:
        self.receive(e, 1)

    def of_AwaitExpression(self, e: n.AwaitExpression) -> None:
        self.expression(e.handle)
        self.emit("await")

    def of_JoinExpression(self, e: n.JoinExpression) -> None:
        self.expression(e.handle)
        self.emit("join")

    def of_TryAcquireExpression(self, e: n.TryAcquireExpression) -> None:
        self.expression(e.target)
        self.emit("try", e.side)

    def of_SpawnExpression(self, e: n.SpawnExpression) -> None:
        for argument in e.arguments:
            self.expression(argument)
        runtime = strip(e.runtime) if e.runtime is not None else None
        if runtime is not None:
            self.address(runtime)
        else:
            self.emit("push", None)
        callee = strip(e.callee)
        if not isinstance(callee, n.NameExpression):
            raise Unsupported("callee")
        self.emit("spawn", e.verb, self.function(callee.name), len(e.arguments))

    def of_ChooseExpression(self, e: n.ChooseExpression) -> None:
        if len(e.options) == 1 and isinstance(strip(e.options[0]), n.RangeExpression):
            bounds = strip(e.options[0])
            self.expression(bounds.start)
            self.expression(bounds.end)
            self.emit("choose_range")
            return
        for option in e.options:
            self.expression(option)
        self.emit("choose", len(e.options))

    def of_ArrayExpression(self, e: n.ArrayExpression) -> None:
        for item in e.items:
            self.expression(item)
        self.emit("array", len(e.items))

    def of_TupleExpression(self, e: n.TupleExpression) -> None:
        for item in e.items:
            self.expression(item)
        self.emit("array", len(e.items))


def strip(e: Any) -> Any:
    """Parentheses mean nothing here."""
    while isinstance(e, n.ParenExpression):
        e = e.inner
    return e
