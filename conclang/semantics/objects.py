"""The heads of locks, semaphores, channels and their kin: arguments and options."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.ir.policy_spec import HUGE
from conclang.record import record
from conclang.semantics.constants import Evaluator
from conclang.semantics.symbols import (
    BarrierData,
    ChannelData,
    ConditionData,
    Data,
    DeviceData,
    LockData,
    RwLockData,
    SemaphoreData,
)
from conclang.semantics.world import Space, World
from conclang.syntax import nodes as n


@record
class ArgumentRule:
    """What stands in parentheses after the name; `default` None: it must be there."""

    what: str
    minimum: int
    default: int | None


ARGUMENTS: dict[str, ArgumentRule] = {
    "semaphore": ArgumentRule("the number of permits at the start", 0, None),
    "barrier": ArgumentRule("the number of threads that meet", 1, None),
    "channel": ArgumentRule("the number of messages it can hold", 0, 0),
    "device": ArgumentRule("the number of requests served at a time", 1, 1),
}

OPTIONS: dict[str, dict[str, str]] = {
    "lock": {
        "recursive": "its owner may take it again",
        "inherit": "its owner inherits the priority of those who wait",
        "ceiling": "its owner gets this priority: `ceiling(9)`",
    },
    "rwlock": {
        "prefer_readers": "readers may pass waiting writers (the default)",
        "prefer_writers": "readers wait as soon as a writer does",
    },
    "condition": {
        "mesa": "a woken thread retakes the lock like everybody else (the default)",
        "hoare": "a woken thread gets the lock at once",
        "spurious": "waits may end without a signal",
    },
}
CONFLICTS = (("inherit", "ceiling"), ("prefer_readers", "prefer_writers"), ("mesa", "hoare"))
MOST_CAPACITY = 1_000_000

NO_ARGUMENT_ADVICE = {
    "condition": "a condition belongs to no lock: `wait` gives up the innermost one held",
    "lock": "several locks are written `lock forks[5]`",
    "event": "an event starts out not set",
}


def object_data(world: World, space: Space, node: n.ObjectDeclaration) -> Data:
    """What the head of a declaration says, evaluated."""
    amount = _argument(world, space, node)
    options = _options(world, space, node)
    match node.kind:
        case "lock":
            return LockData("recursive" in options, "inherit" in options, options.get("ceiling"))
        case "rwlock":
            return RwLockData("prefer_writers" in options)
        case "semaphore":
            return SemaphoreData(amount)
        case "condition":
            return ConditionData("hoare" in options, "spurious" in options)
        case "barrier":
            return BarrierData(amount)
        case "channel":
            return ChannelData(amount)
        case "device":
            return DeviceData(amount)
    return None


def _argument(world: World, space: Space, node: n.ObjectDeclaration) -> int:
    rule = ARGUMENTS.get(node.kind)
    report = world.reporter.report
    if rule is None:
        if node.argument is not None and not isinstance(node.argument, n.ErrorExpression):
            an = "an" if node.kind == "event" else "a"
            text = f"{an} {node.kind} takes no number in parentheses"
            report("CL0612", node.argument.span, text, help=NO_ARGUMENT_ADVICE.get(node.kind, ""))
        return 0
    if node.argument is None:
        if rule.default is None:
            example = f"{node.kind} {node.name.text}({3 if node.kind == 'barrier' else 1})"
            text = f"the {node.kind} `{node.name.text}` needs {rule.what}"
            report("CL0611", node.name.span, text, help=f"write for example `{example}`")
        return rule.default if rule.default is not None else 1
    number = Evaluator(world, space, rule.what).integer(node.argument)
    if number is None:
        return max(1, rule.minimum)
    if not rule.minimum <= number <= MOST_CAPACITY:
        limit = f"at least {rule.minimum}" if number < rule.minimum else f"at most {MOST_CAPACITY}"
        text = f"{rule.what} must be {limit}, not {number}"
        report("CL0609", node.argument.span, text)
        return max(1, rule.minimum)
    return number


def _options(world: World, space: Space, node: n.ObjectDeclaration) -> dict[str, int | None]:
    known = OPTIONS.get(node.kind, {})
    found: dict[str, int | None] = {}
    places: dict[str, Span] = {}
    for option in node.options:
        word, span = option.name.text, option.name.span
        if word not in known:
            _unknown_option(world, node.kind, option, known)
        elif word in places:
            text = f"`{word}` is given twice"
            world.reporter.report("CL0716", span, text, at=((places[word], "first given here"),))
        else:
            places[word] = span
            found[word] = _option_argument(world, space, option)
    for one, other in CONFLICTS:
        if one in places and other in places:
            text = f"`{one}` and `{other}` exclude each other"
            later = max(places[one], places[other])
            world.reporter.report("CL0716", later, text)
    return found


def _unknown_option(world: World, kind: str, option: n.Option, known: dict[str, str]) -> None:
    word, span = option.name.text, option.name.span
    help = f"there are {', '.join(f'`{name}`' for name in known)}"
    if not known:
        help = f"a {kind} takes no options"
        for other, options in OPTIONS.items():
            if word in options:
                help = f"`{word}` is an option of a {other}; a {kind} has none"
    an = "an" if kind == "event" else "a"
    text = f"{an} {kind} has no option `{word}`"
    world.reporter.misspelt("CL0715", span, text, word, known, help)


def _option_argument(world: World, space: Space, option: n.Option) -> int | None:
    word = option.name.text
    if word != "ceiling":
        if option.argument is not None:
            text = f"`{word}` takes no number"
            world.reporter.report("CL0717", option.argument.span, text)
        return None
    if option.argument is None:
        text = "`ceiling` needs a priority"
        world.reporter.report("CL0717", option.name.span, text, help="for example `ceiling(9)`")
        return 0
    number = Evaluator(world, space, "the ceiling of a lock").integer(option.argument)
    if number is not None and not -HUGE <= number <= HUGE:
        world.reporter.report("CL0717", option.argument.span, f"{number} is no sensible priority")
        return 0
    return number if number is not None else 0
