"""`expect timed E`: metrics of the run, exact numbers, and conditions on them.

Here, and only here, names are metrics, division is exact and decimals may be written. A metric
wins over a variable of the same name, which a warning says; a variable means nothing here, because
a metric is a number of the whole run and a variable has a value at every moment of it.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.ir.metrics import AGGREGATES, SYSTEM, THREAD
from conclang.semantics.constants import Evaluator, index_range
from conclang.semantics.observing import Observer
from conclang.semantics.operands import plain
from conclang.semantics.symbols import ConstantData, Kind, Symbol, ThreadData
from conclang.semantics.types import BOOL, ERROR, NUMBER, Type
from conclang.semantics.values import LARGEST
from conclang.semantics.world import Entry, Space, World
from conclang.syntax import nodes as n

_FUNCTIONS = {"min": 2, "max": 2, "abs": 1}  # and the least number of arguments
_METRICS = {**SYSTEM, **THREAD, **AGGREGATES}

# What others call them.
_ALIASES = {
    "time": "makespan",
    "total_time": "makespan",
    "length": "makespan",
    "now": "makespan",
    "utilisation": "utilization",
    "context_switches": "switches",
    "deadline_misses": "misses",
    "missed": "misses",
    "avg": "average",
    "mean": "average",
    "sum": "total",
    "latency": "response",
    "wait": "waiting",
    "wait_time": "waiting",
    "waiting_time": "waiting",
    "turnaround_time": "turnaround",
    "response_time": "response",
    "completion": "finish",
    "end": "finish",
}


class Timed(Observer):
    """Checks the expressions of `expect timed` in one space."""

    def __init__(self, world: World, space: Space, metrics: dict[str, Symbol]) -> None:
        super().__init__(world, space)
        self.metrics = metrics  # the symbols made so far, by name

    # ------------------------------------------------------------------- values

    def number(self, node: n.Expression) -> bool:
        """Check that an expression is a number."""
        kind = self.expr(node)
        if kind is BOOL:
            self.report("CL0816", node.span, "here a number is wanted, but this is a condition")
        return kind is NUMBER

    def condition_of(self, node: n.Expression) -> None:
        """Check that an expression is a condition."""
        if self.expr(node) is not NUMBER:
            return
        text = "`expect timed` takes a condition, but this is a number"
        inner = plain(node)
        help = "compare it, for example `makespan <= 30`"
        if isinstance(inner, n.NameExpression):
            help = f"compare it: `{inner.name} <= 30`"
        self.report("CL0816", node.span, text, help=help)

    def whole_number(self, node: n.IntLiteral) -> Type:
        if node.value > LARGEST:
            self.report("CL0603", node.span, "this is more than a 64-bit integer can hold")
            return ERROR
        self.constants[node.id] = node.value
        return NUMBER

    def truth(self, node: n.BoolLiteral) -> Type:
        self.constants[node.id] = node.value
        return BOOL

    def fraction(self, node: n.DecimalLiteral) -> Type:
        return NUMBER

    def bracketed(self, node: n.ParenExpression) -> Type:
        return self.expr(node.inner)

    def turned(self, node: n.UnaryExpression) -> Type:
        if node.operator == "-":
            self.number(node.operand)
            return NUMBER
        self.condition_of(node.operand)
        return BOOL

    def joined(self, node: n.BinaryExpression) -> Type:
        if node.operator in ("and", "or"):
            self.condition_of(node.left)
            self.condition_of(node.right)
            return BOOL
        self.number(node.left)
        self.number(node.right)
        return NUMBER

    def compared(self, node: n.CompareExpression) -> Type:
        for operand in node.operands:
            self.number(operand)
        return BOOL

    def other(self, node: n.Expression) -> Type:
        """Arrays, strings, receives and the like."""
        text = "`expect timed` is about numbers of the run"
        help = "such as `makespan`, `finish(t)` and `average(turnaround)`"
        self.report("CL0815", node.span, text, help=help)
        return ERROR

    # -------------------------------------------------------------------- names

    def bare_name(self, node: n.NameExpression) -> Type:
        """`makespan`, or a constant."""
        name = node.name
        if name in SYSTEM:
            self.note(node)
            return NUMBER
        entry = self.peek(node)
        if entry is not None and entry.kind is Kind.CONSTANT and name not in _METRICS:
            return self.constant(node, entry)
        if name in THREAD:
            self.report(
                "CL0813",
                node.span,
                f"`{name}` is a number of one thread: say which",
                help=f"write `{name}({self.example()})`, or `average({name})` over all threads",
            )
        elif name in AGGREGATES:
            text = f"`{name}` of what?"
            self.report("CL0813", node.span, text, help=f"for example `{name}(turnaround)`")
        else:
            self.no_metric(node, entry)
        return ERROR

    def constant(self, node: n.NameExpression, entry: Entry) -> Type:
        self.lookup(node)
        data = entry.symbol.data if entry.symbol else None
        if not isinstance(data, ConstantData):
            return ERROR
        if type(data.value) is bool:
            self.constants[node.id] = data.value
            return BOOL
        if isinstance(data.value, int):
            self.constants[node.id] = data.value
            return NUMBER
        text = f"the constant `{entry.name}` is no number"
        self.report("CL0816", node.span, text, at=self.declared(entry))
        return ERROR

    def no_metric(self, node: n.NameExpression, entry: Entry | None) -> None:
        """Say that a name means nothing here."""
        name = node.name
        if name in _ALIASES or (entry is None and name not in self.world.local_names):
            self.unknown_metric(node)
        elif entry is None or entry.kind is not Kind.ERROR:
            kind = entry.kind if entry else Kind.LOCAL
            text = f"`{name}` is a {kind}, and `expect timed` is about numbers of the run"
            help = "such as `makespan`, `finish(t)` and `average(turnaround)`"
            if kind in (Kind.SHARED, Kind.ATOMIC):
                help = f"for a condition on the variable write `expect finally {name} == …`"
            elif kind is Kind.THREAD:
                help = f"for example `finish({name})` or `turnaround({name})`"
            at = self.declared(entry) if entry else ()
            self.report("CL0815", node.span, text, at=at, help=help)

    def unknown_metric(self, node: n.NameExpression) -> None:
        name = node.name
        text = f"there is no metric `{name}`"
        if name in _ALIASES:
            self.report("CL0812", node.span, text, help=f"did you mean `{_ALIASES[name]}`?")
            return
        help = f"of the run: {_listed(SYSTEM)}; of a thread: {_listed(THREAD)}"
        self.world.reporter.misspelt("CL0812", node.span, text, name, _METRICS, help)

    def note(self, node: n.NameExpression) -> None:
        """Remember that a name is a metric, and warn if a variable has the same name."""
        name = node.name
        symbol = self.metrics.get(name)
        if symbol is not None:
            self.world.refs[node.id] = symbol
            return
        symbol = self.world.symbol(Entry(name, Kind.METRIC, node.span, None), None)
        self.metrics[name] = self.world.refs[node.id] = symbol
        entry = self.space.names.get(name) or self.world.top.names.get(name)
        if entry is not None and entry.kind is not Kind.ERROR:
            text = f"`{name}` is the metric here, not the {entry.kind} `{name}`"
            self.report("CW0802", node.span, text, at=self.declared(entry))

    # -------------------------------------------------------------------- calls

    def metric_call(self, node: n.CallExpression) -> Type:
        """`turnaround(t)`, `average(turnaround)`, `min(a, b)`."""
        callee = plain(node.callee)
        if not isinstance(callee, n.NameExpression):
            return self.other(node)
        name = callee.name
        if name in _FUNCTIONS:
            return self.function(node, callee)
        if name in AGGREGATES:
            self.aggregate(node, callee)
        elif name in THREAD:
            self.of_thread(node, callee)
        elif name in SYSTEM:
            text = f"`{name}` is a number of the whole run"
            help = f"write `{name}` alone"
            if name == "makespan":
                help += "; when one thread ends is `finish(t)`"
            self.report("CL0813", node.span, text, help=help)
        else:
            self.no_metric(callee, self.peek(callee))
            return ERROR
        return NUMBER

    def function(self, node: n.CallExpression, callee: n.NameExpression) -> Type:
        name, arguments = callee.name, node.arguments
        only = plain(arguments[0]) if len(arguments) == 1 else None
        if name != "abs" and isinstance(only, n.NameExpression) and only.name in THREAD:
            word = "maximum" if name == "max" else "minimum"
            text = f"`{name}` compares numbers, and `{only.name}` has one for every thread"
            help = f"write `{word}({only.name})`"
            self.report("CL0813", node.span, text, help=help)
            return ERROR
        least = _FUNCTIONS[name]
        if len(arguments) < least or (least == 1 and len(arguments) > 1):
            wanted = "one argument" if least == 1 else "two arguments or more"
            text = f"`{name}` takes {wanted}, not {len(arguments)}"
            self.report("CL0404", node.span, text)
            return NUMBER
        symbol = self.world.builtins[name].symbol
        if symbol is not None:
            self.world.refs[callee.id] = symbol
        for argument in arguments:
            self.number(argument)
        return NUMBER

    def aggregate(self, node: n.CallExpression, callee: n.NameExpression) -> None:
        self.note(callee)
        name, arguments = callee.name, node.arguments
        only = plain(arguments[0]) if len(arguments) == 1 else None
        if isinstance(only, n.NameExpression) and only.name in THREAD:
            self.note(only)
            return
        text = f"`{name}` takes one metric of threads"
        help = f"for example `{name}(turnaround)`"
        if isinstance(only, n.NameExpression) and only.name in SYSTEM:
            text = f"`{only.name}` is one number of the whole run, so it has no {name}"
            help = f"write `{only.name}` alone"
        elif isinstance(only, n.NameExpression):
            self.no_metric(only, None)
            return
        elif isinstance(only, n.CallExpression) and isinstance(only.callee, n.NameExpression):
            metric = only.callee.name
            if metric in THREAD:
                help = f"write `{name}({metric})` over all threads, or `{metric}(…)` of one"
        place = only.span if only is not None else node.span
        self.report("CL0813", place, text, help=help)

    def of_thread(self, node: n.CallExpression, callee: n.NameExpression) -> None:
        self.note(callee)
        if len(node.arguments) != 1:
            text = f"`{callee.name}` takes one thread, not {len(node.arguments) or 'none'}"
            help = f"for example `{callee.name}({self.example()})`"
            self.report("CL0813", node.span, text, help=help)
            return
        self.thread(node.arguments[0], callee.name)

    # ------------------------------------------------------------------ threads

    def thread(self, node: n.Expression, metric: str) -> None:
        """Check that an argument is a declared thread: `alice`, `p[2]`, `web.alice`."""
        inner = plain(node)
        index: n.Expression | None = None
        if isinstance(inner, n.IndexExpression):
            index, inner = inner.index, plain(inner.base)
        entry = self.thread_entry(inner, metric)
        if entry is None or entry.symbol is None or not isinstance(entry.symbol.data, ThreadData):
            return
        data = entry.symbol.data
        if data.index is None:
            if index is not None:
                text = f"`{entry.name}` is a single thread"
                help = f"write `{metric}({entry.name})`"
                self.report("CL0814", node.span, text, at=self.declared(entry), help=help)
        elif index is None:
            text = f"`{entry.name}` is a family of {data.end - data.first} threads: say which one"
            help = f"for example `{metric}({entry.name}[{data.first}])`"
            help += f", or `average({metric})` over all threads"
            self.report("CL0814", node.span, text, at=self.declared(entry), help=help)
        else:
            self.position(entry, data, index)

    def position(self, entry: Entry, data: ThreadData, index: n.Expression) -> None:
        value = Evaluator(self.world, self.space, "the number of a thread").integer(index)
        if value is not None and not data.first <= value < data.end:
            range_ = index_range(data.first, data.end).replace("element", "number")
            text = f"there is no `{entry.name}[{value}]`: {range_}"
            self.report("CL0814", index.span, text, at=self.declared(entry))

    def thread_entry(self, node: n.Expression, metric: str) -> Entry | None:
        """The thread a name stands for; None after a report."""
        if isinstance(node, n.FieldExpression):
            entry = self.member(node)
            if entry is None:
                return None
        elif isinstance(node, n.NameExpression):
            entry = self.peek(node)
            if entry is None:
                self.no_thread(node)
                return None
            self.lookup(node)
        else:
            if not isinstance(node, n.ErrorExpression):
                self.report("CL0814", node.span, f"`{metric}` takes the name of a thread")
            return None
        if entry.kind is Kind.THREAD or entry.kind is Kind.ERROR:
            return entry
        text = f"`{metric}` takes a thread, but `{entry.name}` is a {entry.kind}"
        help = ""
        if entry.kind is Kind.FUNCTION:
            help = "threads and tasks that are started have no name here; use `average(…)`"
        self.report("CL0814", node.span, text, at=self.declared(entry), help=help)
        return None

    def no_thread(self, node: n.NameExpression) -> None:
        name = node.name
        text = f"there is no thread `{name}`"
        for word, space in self.world.spaces.items():
            found = space.names.get(name)
            if found is not None and found.kind is Kind.THREAD:
                help = f"it is in a process: write `{word}.{name}`"
                self.report("CL0814", node.span, text, help=help)
                return
        names = self.threads()
        help = f"the threads are {_listed(names[:6])}" if names else "no thread is declared"
        self.world.reporter.misspelt("CL0814", node.span, text, name, names, help)

    def threads(self) -> list[str]:
        """Names of threads that may stand here."""
        own = [*self.space.names.values()]
        if self.space is not self.world.top:
            own += self.world.top.names.values()
        found = [entry.name for entry in own if entry.kind is Kind.THREAD]
        for word, space in self.world.spaces.items():
            found += [f"{word}.{e.name}" for e in space.names.values() if e.kind is Kind.THREAD]
        return found

    def example(self) -> str:
        """Some thread, for a help line."""
        for entry in (*self.space.names.values(), *self.world.top.names.values()):
            data = entry.symbol.data if entry.symbol else None
            if isinstance(data, ThreadData):
                return entry.name if data.index is None else f"{entry.name}[{data.first}]"
        return "t"


def _listed(names: object) -> str:
    return ", ".join(f"`{name}`" for name in names)  # type: ignore[attr-defined]


_T = Timed
_FORMS: dict[type[n.Expression], Callable[..., Type]] = {
    n.IntLiteral: _T.whole_number,
    n.BoolLiteral: _T.truth,
    n.DecimalLiteral: _T.fraction,
    n.ParenExpression: _T.bracketed,
    n.UnaryExpression: _T.turned,
    n.BinaryExpression: _T.joined,
    n.CompareExpression: _T.compared,
    n.NameExpression: _T.bare_name,
    n.CallExpression: _T.metric_call,
    n.ErrorExpression: lambda self, node: ERROR,
}
Timed.handlers = {kind: _FORMS.get(kind, _T.other) for kind in Observer.handlers}

__all__ = ["Timed"]
