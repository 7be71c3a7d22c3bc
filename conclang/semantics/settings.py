"""The lines in the braces of a processor or a runtime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conclang.diagnostics.source import Span
from conclang.ir.policy_spec import (
    DEFAULT_CORES,
    DEFAULT_POLICY,
    DEFAULT_RUNTIME_POLICY,
    PolicySpec,
)
from conclang.semantics.constants import Evaluator
from conclang.semantics.policies import PolicyChecker
from conclang.semantics.symbols import ProcessorData, RuntimeData
from conclang.semantics.world import Space, World
from conclang.syntax import nodes as n

MOST_CORES = 1024
MOST_COST = 1_000_000

# name → (smallest, largest) value; `scheduler` and `cost` are no numbers
PROCESSOR_SETTINGS: dict[str, tuple[int, int] | None] = {
    "cores": (1, MOST_CORES),
    "scheduler": None,
    "switch_cost": (0, MOST_COST),
    "migration_cost": (0, MOST_COST),
    "cost": None,
}
RUNTIME_SETTINGS: dict[str, tuple[int, int] | None] = {
    "workers": (1, MOST_CORES),
    "scheduler": None,
}
SPELLINGS = {"core": "cores"}  # accepted as well
COST_CLASSES = ("read", "write", "sync", "local")


def written(setting: n.Setting) -> str:
    """The name of a setting, as the tables have it."""
    return SPELLINGS.get(setting.name.text, setting.name.text)


class _Lines:
    """Checks settings against one of the tables above."""

    def __init__(self, world: World, space: Space, policies: PolicyChecker) -> None:
        self.world = world
        self.space = space
        self.policies = policies

    def each(
        self, settings: Iterable[n.Setting], known: Iterable[str], code: str, owner: str
    ) -> Iterator[n.Setting]:
        """The settings that exist, each once."""
        places: dict[str, Span] = {}
        for setting in settings:
            word, span = written(setting), setting.name.span
            if word not in known:
                text = f"{owner} has no setting `{word}`"
                help = f"there are {', '.join(f'`{name}`' for name in known)}"
                self.world.reporter.misspelt(code, span, text, word, known, help)
            elif word in places:
                at = ((places[word], "first given here"),)
                self.world.reporter.report("CL0708", span, f"`{word}` is given twice", at=at)
            else:
                places[word] = span
                yield setting

    def number(self, setting: n.Setting, bounds: tuple[int, int]) -> int | None:
        name, value = written(setting), setting.value
        if not isinstance(value, n.Expression):
            text = f"`{name}` takes a number"
            self.world.reporter.report("CL0709", value.span, text)
            return None
        number = Evaluator(self.world, self.space, f"`{name}`").integer(value)
        if number is None or bounds[0] <= number <= bounds[1]:
            return number
        limit = f"at least {bounds[0]}" if number < bounds[0] else f"at most {bounds[1]}"
        text = f"`{name}` must be {limit}, not {number}"
        self.world.reporter.report("CL0709", value.span, text)
        return None

    def policy(self, setting: n.Setting, *, runtime: bool = False) -> PolicySpec | None:
        value = setting.value
        if isinstance(value, n.NameExpression):
            value = n.Policy(value.id, value.span, n.Name(value.id, value.span, value.name), ())
        if isinstance(value, n.Policy):
            return self.policies.spec(value, runtime=runtime)
        if not isinstance(value, n.ErrorExpression):
            text = "`scheduler` takes a policy, such as `round_robin(quantum: 2)`"
            self.world.reporter.report("CL0709", value.span, text)
        return None

    def costs(self, setting: n.Setting) -> dict[str, int]:
        value = setting.value
        found: dict[str, int] = {}
        if not isinstance(value, n.CostTable):
            if not isinstance(value, n.ErrorExpression):
                text = "`cost` takes a table, such as `cost { read 1 write 1 sync 1 local 0 }`"
                self.world.reporter.report("CL0709", value.span, text)
            return found
        for entry in self.each(value.entries, COST_CLASSES, "CL0720", "a cost table"):
            number = self.number(entry, (0, MOST_COST))
            if number is not None:
                found[entry.name.text] = number
        return found


def processor_data(
    world: World, space: Space, policies: PolicyChecker, node: n.ProcessorDeclaration
) -> ProcessorData:
    """What a processor's braces say; defaults for the rest."""
    lines = _Lines(world, space, policies)
    numbers: dict[str, int] = {}
    policy = DEFAULT_POLICY
    for setting in lines.each(node.settings, PROCESSOR_SETTINGS, "CL0707", "a processor"):
        name = written(setting)
        bounds = PROCESSOR_SETTINGS[name]
        if name == "scheduler":
            policy = lines.policy(setting) or policy
        elif bounds is None:
            numbers |= lines.costs(setting)
        else:
            number = lines.number(setting, bounds)
            if number is not None:
                numbers[name] = number
    cores = numbers.pop("cores", DEFAULT_CORES)
    return ProcessorData(cores, policy, **numbers)


def runtime_data(
    world: World, space: Space, policies: PolicyChecker, node: n.RuntimeDeclaration
) -> RuntimeData:
    """What a runtime's braces say; defaults for the rest."""
    lines = _Lines(world, space, policies)
    workers: int | None = None
    scheduler = DEFAULT_RUNTIME_POLICY
    for setting in lines.each(node.settings, RUNTIME_SETTINGS, "CL0707", "a runtime"):
        bounds = RUNTIME_SETTINGS[setting.name.text]
        if bounds is None:
            scheduler = lines.policy(setting, runtime=True) or scheduler
        else:
            workers = lines.number(setting, bounds) or workers
    return RuntimeData(workers, scheduler)
