"""Declarations to the program's tables: cells, objects, processors, threads.

Numbers are given in order of declaration, arrays get consecutive ones; `number_objects` gives them
before any code is written, because code names objects by number.
"""

from __future__ import annotations

from collections.abc import Callable

from conclang.ir.policy_spec import POLICIES, PolicySpec
from conclang.ir.program import Attributes, Cell, Processor, Shape, Thing, Thread
from conclang.lowering.world import World
from conclang.record import replace
from conclang.semantics import symbols as s
from conclang.semantics.symbols import Kind, Symbol
from conclang.semantics.work import countable_work

THING_KINDS: dict[str, Kind] = {
    "lock": Kind.LOCK,
    "rwlock": Kind.RWLOCK,
    "semaphore": Kind.SEMAPHORE,
    "condition": Kind.CONDITION,
    "barrier": Kind.BARRIER,
    "event": Kind.EVENT,
    "channel": Kind.CHANNEL,
    "device": Kind.DEVICE,
    "runtime": Kind.RUNTIME,
    "section": Kind.SECTION,
}
DEFAULT_RUNTIME = "default"


def process_name(symbol: Symbol) -> str:
    return "main" if symbol.process is None else symbol.process.qualified_name


def number_objects(world: World) -> None:
    """Fill `world.bases`."""
    resolved = world.resolved
    address = 0
    for cell in resolved.of_kind(Kind.SHARED, Kind.ATOMIC):
        world.bases[cell] = address
        address += world.words(cell)
    for kind in THING_KINDS.values():
        number = 0
        for symbol in resolved.of_kind(kind):
            world.bases[symbol] = number
            number += world.size(symbol)
    for kind in (Kind.FUNCTION, Kind.PROCESSOR):
        for number, symbol in enumerate(resolved.of_kind(kind)):
            world.bases[symbol] = number
    thread = 0
    for symbol in resolved.of_kind(Kind.THREAD):
        world.bases[symbol] = thread
        data = symbol.data
        assert isinstance(data, s.ThreadData)
        thread += data.end - data.first
    world.runtimes = sum(world.size(r) for r in resolved.of_kind(Kind.RUNTIME))


# ---------------------------------------------------------------------- cells


def cells(world: World) -> tuple[Cell, ...]:
    return tuple(
        _cell(world, symbol) for symbol in world.resolved.of_kind(Kind.SHARED, Kind.ATOMIC)
    )


def _cell(world: World, symbol: Symbol) -> Cell:
    data = symbol.data
    assert isinstance(data, s.CellData)
    numbers = world.all.string_numbers()
    initial = tuple(numbers[x] if isinstance(x, str) else int(x) for x in data.initial)
    return Cell(
        name=symbol.qualified_name,
        kind="shared" if symbol.kind is Kind.SHARED else "atomic",
        base=world.base(symbol),
        shape=world.shape(symbol),
        initial=initial,
        process=process_name(symbol),
        site=world.all.site(symbol.span),
    )


def collect_strings(world: World) -> None:
    """Initial texts of cells take part in the numbering of strings."""
    for symbol in world.resolved.of_kind(Kind.SHARED, Kind.ATOMIC):
        data = symbol.data
        assert isinstance(data, s.CellData)
        world.all.strings.update(word for word in data.initial if isinstance(word, str))


# --------------------------------------------------------------------- things

_Details = tuple[int, frozenset[str]]


def _flags(**flags: bool) -> frozenset[str]:
    return frozenset(name for name, given in flags.items() if given)


def _lock(data: s.LockData) -> _Details:
    given = _flags(recursive=data.recursive, inherit=data.inherit, ceiling=data.ceiling is not None)
    return data.ceiling or 0, given


# data record -> (amount, options)
_DETAILS: dict[type, Callable[..., _Details]] = {
    s.LockData: _lock,
    s.RwLockData: lambda data: (0, _flags(prefer_writers=data.prefer_writers)),
    s.SemaphoreData: lambda data: (data.initial, frozenset()),
    s.ConditionData: lambda data: (0, _flags(hoare=data.hoare, spurious=data.spurious)),
    s.BarrierData: lambda data: (data.parties, frozenset()),
    s.ChannelData: lambda data: (data.capacity, frozenset()),
    s.DeviceData: lambda data: (data.capacity, frozenset()),
}


def things(world: World, cores: int) -> dict[str, tuple[Thing, ...]]:
    found = {kind: _things_of(world, kind, cores) for kind in THING_KINDS}
    if world.uses_default_runtime:
        found["runtime"] += (_default_runtime(cores),)
    return found


def _things_of(world: World, kind: str, cores: int) -> tuple[Thing, ...]:
    made: list[Thing] = []
    for symbol in world.resolved.of_kind(THING_KINDS[kind]):
        first = _thing(world, kind, symbol, cores)
        if symbol.size is None:
            made.append(first)
        else:
            made += [replace(first, name=f"{first.name}[{i}]") for i in range(symbol.size)]
    return tuple(made)


def _thing(world: World, kind: str, symbol: Symbol, cores: int) -> Thing:
    amount, options = 0, frozenset[str]()
    policy: PolicySpec | None = None
    if isinstance(symbol.data, s.RuntimeData):
        amount, policy = symbol.data.workers or cores, symbol.data.scheduler
    elif type(symbol.data) in _DETAILS:
        amount, options = _DETAILS[type(symbol.data)](symbol.data)
    return Thing(
        kind=kind,
        name=symbol.qualified_name,
        process=process_name(symbol),
        site=world.all.site(symbol.span),
        amount=amount,
        options=options,
        message=_message(world, symbol) if kind == "channel" else None,
        policy=policy,
    )


def _message(world: World, symbol: Symbol) -> Shape:
    """What a channel carries."""
    kind = world.resolved.type_of(symbol)
    return world.message_of(kind)


def _default_runtime(cores: int) -> Thing:
    return Thing(
        kind="runtime",
        name=DEFAULT_RUNTIME,
        process="main",
        site=0,
        amount=cores,
        policy=default_spec("work_stealing"),
    )


def default_spec(name: str, **given: int) -> PolicySpec:
    """A policy with the table's defaults."""
    rule = POLICIES[name]
    return PolicySpec(name, tuple((a.name, given.get(a.name, a.default)) for a in rule.arguments))


# ------------------------------------------------------- processors and threads


def processors(world: World) -> tuple[Processor, ...]:
    declared = world.resolved.of_kind(Kind.PROCESSOR)
    if not declared:
        policy = default_spec("round_robin", quantum=4)
        costs = (("read", 1), ("write", 1), ("sync", 1), ("local", 0))
        return (Processor("cpu", 2, policy, 0, 0, costs),)
    return tuple(_processor(symbol) for symbol in declared)


def _processor(symbol: Symbol) -> Processor:
    data = symbol.data
    assert isinstance(data, s.ProcessorData)
    return Processor(
        name=symbol.qualified_name,
        cores=data.cores,
        policy=data.policy,
        switch_cost=data.switch_cost,
        migration_cost=data.migration_cost,
        costs=tuple((name, getattr(data, name)) for name in ("read", "write", "sync", "local")),
    )


def threads(world: World, codes: dict[Symbol, int]) -> tuple[Thread, ...]:
    made: list[Thread] = []
    for symbol in world.resolved.of_kind(Kind.THREAD):
        data = symbol.data
        assert isinstance(data, s.ThreadData)
        for position in range(data.end - data.first):
            made.append(_thread(world, symbol, position, codes[symbol]))
    return tuple(made)


def _thread(world: World, symbol: Symbol, position: int, code: int) -> Thread:
    data = symbol.data
    assert isinstance(data, s.ThreadData)
    given = data.attributes(position)
    return Thread(
        name=data.name(symbol, position),
        code=code,
        arguments=() if data.index is None else (data.first + position,),
        process=process_name(symbol),
        attributes=Attributes(
            priority=given.priority,
            arrival=given.arrival,
            on=None if given.on is None else world.base(given.on),
            pinned=given.pinned,
            burst=given.burst,
            deadline=given.deadline,
            period=given.period,
            tickets=given.tickets,
            nice=given.nice,
            daemon=given.daemon,
            countable_work=countable_work(world.resolved, symbol, position),
        ),
        site=world.all.site(symbol.span),
        group=symbol.qualified_name,
    )
