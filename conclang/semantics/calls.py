"""Calls in bodies: of functions, of what is built in, of an atomic variable's operations."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.semantics.constants import BUILTIN_ARITY, arity_of_builtin
from conclang.semantics.operands import plain
from conclang.semantics.operators import Operators
from conclang.semantics.resolved import Signature
from conclang.semantics.symbols import Kind, Symbol
from conclang.semantics.types import BOOL, ERROR, INT, ArrayType, Type, Unknown, bare
from conclang.semantics.unify import prune, unify
from conclang.semantics.verbs import USES
from conclang.semantics.world import Entry
from conclang.syntax import nodes as n

# methods of atomic variables: number of arguments, result
METHODS: dict[str, tuple[int, Type]] = {"add": (1, INT), "swap": (1, INT), "cas": (2, BOOL)}

FUNCTION = "fn {name}() {{ }}"


class Calls(Operators):
    """Checks calls."""

    def whole(self, node: n.Expression) -> Type:
        """The type of what may be an array of objects; defined where arrays are."""
        raise NotImplementedError

    def call(self, node: n.CallExpression) -> Type:
        callee = plain(node.callee)
        if isinstance(callee, n.FieldExpression):
            return self.method(node, callee)
        if isinstance(callee, n.NameExpression):
            self.expected = FUNCTION
            entry = self.lookup(callee)
            self.expected = ""
            if entry is not None and entry.kind is Kind.FUNCTION and entry.symbol is not None:
                return self.invoke(entry.symbol, node.arguments, node.span, callee.span)
            self_builtin = entry is not None and entry.kind is Kind.BUILTIN
            if self_builtin and callee.name in BUILTIN_ARITY:
                return self.builtin(node, callee.name)
            if entry is not None and entry.kind is not Kind.ERROR:
                self.not_callable(callee, entry)
        else:
            self.expr(node.callee)
            if not isinstance(callee, n.ErrorExpression):
                self.report("CL0409", node.callee.span, "this is not a function")
        for argument in node.arguments:
            self.expr(argument)
        return ERROR

    def not_callable(self, callee: n.NameExpression, entry: Entry) -> None:
        an = "an" if entry.kind[0] in "aeiou" else "a"
        text = f"`{callee.name}` is {an} {entry.kind}, not a function"
        if entry.kind is Kind.BUILTIN:
            text = f"`{callee.name}` is no function"
        advice = USES.get(entry.kind, "").format(name=callee.name)
        if entry.kind is Kind.BUILTIN:
            advice = f"write `{callee.name}` alone"
        self.report("CL0409", callee.span, text, at=self.declared(entry), help=advice)

    def invoke(
        self, symbol: Symbol, arguments: tuple[n.Expression, ...], whole: Span, name: Span
    ) -> Type:
        """Check a call of a function, now or in a thread or task of its own."""
        self.note_call(symbol, name)
        signature = self.world.signatures[symbol.index]
        if len(arguments) != len(signature.parameters):
            wanted, given = len(signature.parameters), len(arguments)
            text = f"`{symbol.name}` takes {_count(wanted, 'argument')}, not {given}"
            at = ((symbol.span, "declared here"),)
            self.report("CL0404", whole, text, at=at, help=self.shape_of(symbol))
            for argument in arguments:
                self.expr(argument)
            return signature.result
        self.pass_arguments(symbol, signature, arguments)
        return signature.result

    def pass_arguments(
        self, symbol: Symbol, signature: Signature, arguments: tuple[n.Expression, ...]
    ) -> None:
        entries = self.world.bound[symbol.index]
        for argument, wanted, entry in zip(arguments, signature.parameters, entries, strict=True):
            kind = self.value(argument)
            if kind is not wanted and not unify(kind, wanted):
                text = f"`{entry.name}` of `{symbol.name}` is {self.words(wanted)}"
                text += f", but this is {self.words(kind)}"
                at = ((entry.span, f"used in `{symbol.name}` as {self.words(wanted)}"),)
                self.report("CL0405", argument.span, text, at=at)

    def shape_of(self, symbol: Symbol) -> str:
        """How a function is called, for a help line."""
        names = [entry.name for entry in self.world.bound[symbol.index]]
        return f"call it as `{symbol.name}({', '.join(names)})`"

    def note_call(self, symbol: Symbol, span: Span) -> None:
        """Remember who calls functions of the top level, for the border check."""
        if symbol.process is not None or self.owner is None:
            return
        process = self.owner.process
        if process is not None:
            self.world.border_calls.append((symbol, span, process))
        elif self.owner.kind is Kind.FUNCTION:
            self.world.calls.setdefault(symbol.index, []).append(self.owner.index)

    def builtin(self, node: n.CallExpression, name: str) -> Type:
        arguments = node.arguments
        if name == "len" and len(arguments) == 1:
            return self.length(node, arguments[0])
        least, most = BUILTIN_ARITY[name]
        if len(arguments) == 1 and least == 2:
            return self.least_of(node, name)
        if not least <= len(arguments) <= most:
            self.report("CL0404", node.span, arity_of_builtin(name, len(arguments)))
            for argument in arguments:
                self.expr(argument)
            return INT
        for argument in arguments:
            self.operate(name, argument, INT)
        values = [self.constants.get(argument.id) for argument in arguments]
        numbers = [value for value in values if type(value) is int]
        if len(numbers) == len(values):
            self.constants[node.id] = _builtin_value(name, numbers)
        return INT

    def least_of(self, node: n.CallExpression, name: str) -> Type:
        """`min(a)` of a whole array of integers."""
        argument = node.arguments[0]
        kind = prune(self.value(argument))
        if isinstance(kind, ArrayType) and unify(kind.item, INT):
            return INT
        if kind is not ERROR:
            self.report("CL0404", node.span, arity_of_builtin(name, 1))
        return INT

    def length(self, node: n.CallExpression, argument: n.Expression) -> Type:
        kind = prune(self.whole(argument))
        if isinstance(kind, ArrayType):
            self.constants[node.id] = kind.length
        elif isinstance(kind, Unknown):
            self.world.deferred.append((kind, lambda: self.length_later(node, argument, kind)))
        elif kind is not ERROR:
            self.no_length(argument, kind)
        return INT

    def length_later(self, node: n.CallExpression, argument: n.Expression, kind: Type) -> None:
        found = prune(kind)
        if isinstance(found, ArrayType):
            self.constants[node.id] = found.length
        elif found is not ERROR:
            self.no_length(argument, found)

    def no_length(self, argument: n.Expression, kind: Type) -> None:
        text = f"`len` works on arrays, but this is {self.words(kind)}"
        self.report("CL0401", argument.span, text, at=self.origin(argument))

    def method(self, node: n.CallExpression, callee: n.FieldExpression) -> Type:
        """`hits.add(1)`."""
        for argument in node.arguments:
            self.operate_argument(argument)
        entry = self.peek(plain(callee.base))
        if entry is None or entry.kind is not Kind.ATOMIC:
            if entry is not None and entry.kind is Kind.SHARED and callee.name.text in METHODS:
                self.lookup_quietly(callee.base)
                text = f"`{entry.name}` is a shared variable and has no `.{callee.name.text}`"
                help = f"declare it as `atomic {entry.name}`"
                self.report("CL0515", callee.name.span, text, at=self.declared(entry), help=help)
                return METHODS[callee.name.text][1]
            self.expr(callee)
            return ERROR
        return self.atomic_method(node, callee)

    def operate_argument(self, node: n.Expression) -> None:
        self.value(node)

    def lookup_quietly(self, base: n.Expression) -> None:
        self.operand(base)

    def atomic_method(self, node: n.CallExpression, callee: n.FieldExpression) -> Type:
        operand = self.operand(callee.base)
        if operand is None:
            return ERROR  # another process's; reported
        word, name = callee.name.text, operand.entry.name
        if word not in METHODS:
            help = f"there are {', '.join(f'`.{method}`' for method in METHODS)}"
            if word in ("load", "store"):
                help = f"`{name}` alone is an atomic load, `{name} = …` an atomic store"
            text = f"atomic variables have no `.{word}`"
            self.world.reporter.misspelt("CL0515", callee.name.span, text, word, METHODS, help)
            return ERROR
        if not self.check_index(operand, callee.base.span) or operand.entry.symbol is None:
            return METHODS[word][1]
        kind = self.symbol_types[operand.entry.symbol.index]
        item = prune(kind.item if isinstance(kind, ArrayType) else kind)
        self.types[callee.base.id] = item
        return self.method_types(node, word, item)

    def method_types(self, node: n.CallExpression, word: str, item: Type) -> Type:
        count, result = METHODS[word]
        if len(node.arguments) != count:
            text = f"`.{word}` takes {_count(count, 'argument')}, not {len(node.arguments)}"
            help = "write `.cas(old, new)`" if word == "cas" else f"write `.{word}(n)`"
            self.report("CL0404", node.span, text, help=help)
            return result
        if word == "add" and not unify(item, INT):
            text = f"`.add` works on integers, but this variable holds {bare(item)}s"
            self.report("CL0401", node.span, text)
            return result
        for argument in node.arguments:
            kind = self.types[argument.id]
            if not unify(kind, item):
                text = f"the variable holds {self.words(item)}, but this is {self.words(kind)}"
                self.report("CL0405", argument.span, text)
        return item if word == "swap" else result


def _builtin_value(name: str, numbers: list[int]) -> int:
    if name == "abs":
        return abs(numbers[0])
    return min(numbers) if name == "min" else max(numbers)


def _count(count: int, what: str) -> str:
    return f"no {what}s" if count == 0 else f"{count} {what}" + ("s" if count > 1 else "")
