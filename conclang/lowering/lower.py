"""A checked scenario to a program.

The order: number all objects; write the code of the functions (their numbers are known before, so
they may call each other), of the threads, and of the expectations' conditions; then, when every
text that can occur is known, number the strings; last, find what is live where.
"""

from __future__ import annotations

import sys
from importlib import import_module

from conclang.diagnostics.source import SourceText, Span
from conclang.ir.liveness import live_slots
from conclang.ir.ops import OpKind
from conclang.ir.program import Expected, Program, Shape
from conclang.lowering import objects
from conclang.lowering.emit import Assembler, CodeWriter
from conclang.lowering.expectations import ExpectationLowering, Words
from conclang.lowering.statements import StatementLowering
from conclang.lowering.world import World
from conclang.record import replace
from conclang.semantics.resolved import Resolved
from conclang.semantics.symbols import FunctionData, Kind, Symbol, ThreadData
from conclang.syntax import nodes as n

_NOTHING = Shape("none")
_MAX_LANDMARK = 2**31


def lower(resolved: Resolved, source: SourceText) -> Program:
    """The program of a scenario without mistakes."""
    world = World(resolved, Assembler(source))
    objects.number_objects(world)
    objects.collect_strings(world)
    for function in resolved.of_kind(Kind.FUNCTION):
        _function(world, function)
    codes = {symbol: _body(world, symbol) for symbol in resolved.of_kind(Kind.THREAD)}
    expectations = ExpectationLowering(world)
    expected = [expectations.lower(scoped.node) for scoped in resolved.expectations]
    return _assemble(world, codes, expected, expectations.outcomes)


def _function(world: World, symbol: Symbol) -> None:
    node = symbol.node
    assert isinstance(node, n.FunctionDeclaration)
    writer = CodeWriter(world.all, symbol.qualified_name)
    lowering = StatementLowering(writer, world)
    data = symbol.data
    assert isinstance(data, FunctionData)
    for name, parameter in zip(node.parameters, data.parameters, strict=True):
        lowering.declare(name, parameter)
    words = len(writer.slot_names)
    lowering.block(node.body)
    with writer.at(_end_of(node.body)):
        _fall_off(writer, world.result_shape(symbol))
    writer.finish(words, world.result_shape(symbol), True, symbol.span)


def _fall_off(writer: CodeWriter, result: Shape) -> None:
    """The end of a body without `return`: the result is all zeros."""
    writer.forget_temporaries()
    first = writer.temporary(max(result.width, 1))
    for offset in range(result.width):
        writer.move(first + offset, writer.constant(0))
    writer.emit(OpKind.RETURN, first, result.width)


def _body(world: World, symbol: Symbol) -> int:
    node = symbol.node
    assert isinstance(node, n.ThreadDeclaration)
    data = symbol.data
    assert isinstance(data, ThreadData)
    writer = CodeWriter(world.all, symbol.qualified_name)
    lowering = StatementLowering(writer, world)
    if data.index is not None and node.index is not None:
        lowering.declare(node.index, data.index)
    lowering.block(node.body)
    with writer.at(_end_of(node.body)):
        writer.emit(OpKind.END)
    return writer.finish(int(data.index is not None), _NOTHING, False, symbol.span)


def _end_of(block: n.Block) -> Span:
    return Span(max(block.span.start, block.span.end - 1), block.span.end)


def _assemble(
    world: World,
    codes: dict[Symbol, int],
    expected: list[Expected],
    outcomes: dict[int, tuple[Words, ...]],
) -> Program:
    everything, resolved = world.all, world.resolved
    processors = objects.processors(world)
    cores = sum(processor.cores for processor in processors)
    numbers = everything.string_numbers()
    program = Program(
        scenario=resolved.title,
        ops=tuple(everything.ops),
        codes=tuple(everything.codes),
        live=_live(everything),
        constants=everything.constant_words(),
        strings=tuple(numbers),
        cells=objects.cells(world),
        things=objects.things(world, cores),
        threads=objects.threads(world, codes),
        processors=processors,
        processes=("main", *(p.qualified_name for p in resolved.of_kind(Kind.PROCESS))),
        default_runtime=world.runtimes if world.uses_default_runtime else -1,
        templates=tuple(everything.templates),
        messages=tuple(everything.messages),
        selects=tuple(everything.selects),
        expectations=tuple(
            _with_numbers(item, outcomes.get(item.site, ()), numbers) for item in expected
        ),
        sites=tuple(everything.sites),
        landmarks=_landmarks(everything),
        digest="",
        constants_by_name=_named_constants(resolved),
    )
    return replace(program, digest=_digest(program))


def _live(everything: Assembler) -> dict[int, tuple[int, ...]]:
    spans = [(code.entry, code.end) for code in everything.codes]
    templates = (everything.templates, everything.messages)
    return live_slots(everything.ops, spans, everything.selects, templates)


def _with_numbers(item: Expected, words: tuple[Words, ...], numbers: dict[str, int]) -> Expected:
    """The wanted outcomes, texts among them as numbers."""
    values = tuple(
        tuple([numbers[word] if isinstance(word, str) else word for word in value])
        for value in words
    )
    return replace(item, values=values) if values else item


def _landmarks(everything: Assembler) -> tuple[int, ...]:
    """Moments that matter to a program that reads the clock: 0, and about every constant."""
    if not any(op.kind is OpKind.NOW for op in everything.ops):
        return ()
    times = {0}
    for word in everything.constants:
        if isinstance(word, int) and 0 <= word < _MAX_LANDMARK:
            times |= {word, word + 1}
    return tuple(sorted(times))


def _named_constants(resolved: Resolved) -> tuple[tuple[str, int | bool | str], ...]:
    found = []
    for symbol in resolved.of_kind(Kind.CONSTANT):
        value = getattr(symbol.data, "value", None)
        if isinstance(value, int | bool | str):
            found.append((symbol.qualified_name, value))
    return tuple(found)


def _digest(program: Program) -> str:
    """A short hash of everything but places: layout and comments do not count."""
    facts = (
        [(int(op.kind), op.a, op.b, op.c, op.d, op.e) for op in program.ops],
        program.constants,
        program.strings,
        [(cell.name, cell.kind, cell.shape, cell.initial) for cell in program.cells],
        [
            (thing.kind, thing.name, thing.amount, sorted(thing.options), str(thing.policy))
            for kind in sorted(program.things)
            for thing in program.things[kind]
        ],
        [
            (thread.name, thread.code, thread.arguments, thread.attributes)
            for thread in program.threads
        ],
        program.processors,
        [[(a.kind, a.channel, a.value, a.ok, a.target) for a in x.arms] for x in program.selects],
        program.templates,
        program.messages,
    )
    return _sha256(repr(facts).encode())[:16]


def _sha256(content: bytes) -> str:
    """In hexadecimal; without `hashlib` where possible, which loads a library of ciphers."""
    try:
        module = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
        digest: str = module.sha256(content).hexdigest()
        return digest
    except (ImportError, AttributeError):
        pass
    from hashlib import sha256

    return sha256(content).hexdigest()
