"""Checking a scheduling policy against the table of policies."""

from __future__ import annotations

from conclang.diagnostics.source import Span
from conclang.ir.policy_spec import (
    HUGE,
    POLICIES,
    ArgumentKind,
    ArgumentRule,
    PolicyRule,
    PolicySpec,
    PolicyValue,
    policy_spec,
)
from conclang.semantics.constants import Evaluator, index_range
from conclang.semantics.symbols import Kind, Symbol, ThreadData
from conclang.semantics.types import BOOL
from conclang.semantics.world import Space, World
from conclang.syntax import nodes as n

_Value = n.Expression | n.Policy

# What other systems call them.
ALIASES = {
    "fcfs": "fifo",
    "rr": "round_robin",
    "spn": "sjf",
    "sjn": "sjf",
    "srt": "srtf",
    "rms": "rate_monotonic",
    "rm": "rate_monotonic",
    "prio": "priority",
    "fair": "cfs",
    "multilevel": "mlfq",
    "stealing": "work_stealing",
}


class PolicyChecker:
    """Makes specs of the policies written in one space."""

    def __init__(self, world: World, space: Space) -> None:
        self.world = world
        self.space = space
        self.scripts: list[tuple[n.Expression, Symbol | None, str, int | None]] = []

    # ------------------------------------------------------------- front door

    def spec(self, policy: n.Policy, *, runtime: bool = False) -> PolicySpec | None:
        """The checked policy; None after a report."""
        rule = self.rule(policy.name)
        if rule is None:
            return None
        if runtime and not rule.runtime:
            self.not_for_runtimes(policy, rule)
            return None
        given = self.arguments(policy, rule)
        if given is None or not self.complete(policy, rule, given):
            return None
        spec = policy_spec(rule.name, **given)
        self.world.policies[policy.id] = spec
        return spec

    def rule(self, name: n.Name) -> PolicyRule | None:
        rule = POLICIES.get(name.text)
        if rule is None:
            alias = ALIASES.get(name.text.lower())
            message = f"there is no scheduling policy `{name.text}`"
            help = f"the policies are {_listed(POLICIES)}"
            if alias:
                help = f"did you mean `{alias}`?"
                self.world.reporter.report("CL0701", name.span, message, help=help)
            else:
                self.world.reporter.misspelt(
                    "CL0701", name.span, message, name.text, POLICIES, help
                )
        return rule

    def not_for_runtimes(self, policy: n.Policy, rule: PolicyRule) -> None:
        allowed = _listed(row.name for row in POLICIES.values() if row.runtime)
        self.world.reporter.report(
            "CL0706",
            policy.name.span,
            f"a runtime cannot schedule its tasks by `{rule.name}`",
            help=f"for tasks there are {allowed}",
            note="tasks have no priority, burst, deadline or tickets",
        )

    # -------------------------------------------------------------- arguments

    def arguments(self, policy: n.Policy, rule: PolicyRule) -> dict[str, PolicyValue] | None:
        given: dict[str, PolicyValue] = {}
        places: dict[str, Span] = {}
        good = True
        for position, argument in enumerate(policy.arguments):
            row = self.argument_rule(policy, rule, argument, position)
            if row is None:
                good = False
                continue
            if row.name in places:
                self.world.reporter.report(
                    "CL0705",
                    argument.span,
                    f"`{row.name}` is given twice",
                    at=((places[row.name], "first given here"),),
                )
                good = False
                continue
            places[row.name] = argument.span
            ok, value = self.argument(row, argument.value)
            good = good and ok
            given[row.name] = value
        return given if good else None

    def argument_rule(
        self, policy: n.Policy, rule: PolicyRule, argument: n.PolicyArgument, position: int
    ) -> ArgumentRule | None:
        report = self.world.reporter
        if not rule.arguments:
            text = f"`{rule.name}` takes no arguments"
            report.report("CL0702", argument.span, text, help=f"write `{rule.name}` alone")
            return None
        if argument.name is None:
            if position == 0:
                return rule.arguments[0]
            report.report(
                "CL0705",
                argument.span,
                "only the first argument of a policy may stand without its name",
                help=f"its arguments are {_listed(row.name for row in rule.arguments)}",
            )
            return None
        word = argument.name.text
        for row in rule.arguments:
            if row.name == word:
                return row
        names = [row.name for row in rule.arguments]
        report.misspelt(
            "CL0702",
            argument.name.span,
            f"`{rule.name}` has no argument `{word}`",
            word,
            names,
            f"it takes {_listed(names)}",
        )
        return None

    def argument(self, row: ArgumentRule, value: _Value) -> tuple[bool, PolicyValue]:
        """Whether the value will do, and the value."""
        if row.off and isinstance(value, n.NameExpression) and value.name in ("off", "never"):
            return True, None
        if row.off and isinstance(value, n.Policy) and value.name.text in ("off", "never"):
            return True, None
        if row.kind is ArgumentKind.POLICY:
            inner = self.inner_policy(value)
            return inner is not None, inner
        if isinstance(value, n.Policy):
            if value.arguments or value.name.text in POLICIES:
                self.wrong(row, value.span, "a policy")
                return False, None
            value = n.NameExpression(value.id, value.span, value.name.text)
        if row.kind is ArgumentKind.INT:
            number = self.number(row, value)
            return number is not None, number
        if row.kind is ArgumentKind.BOOL:
            return self.boolean(row, value)
        return self.list_of(row, value)

    def boolean(self, row: ArgumentRule, value: n.Expression) -> tuple[bool, PolicyValue]:
        known = Evaluator(self.world, self.space, f"`{row.name}`").value(value)
        if known is None:
            return False, None
        if known.type != BOOL:
            self.wrong(row, value.span, "something else")
            return False, None
        return True, bool(known.value)

    def number(self, row: ArgumentRule, value: n.Expression) -> int | None:
        number = Evaluator(self.world, self.space, f"`{row.name}`").integer(value)
        if number is None or row.minimum <= number <= row.maximum:
            return number
        limit = f"at least {row.minimum}"
        if number > row.maximum:
            limit = f"at most {row.maximum}"
        self.world.reporter.report(
            "CL0703", value.span, f"`{row.name}` must be {limit}, not {number}"
        )
        return None

    def list_of(self, row: ArgumentRule, value: n.Expression) -> tuple[bool, PolicyValue]:
        if not isinstance(value, n.ArrayExpression):
            self.wrong(row, value.span, "no list")
            return False, None
        if not value.items:
            self.world.reporter.report("CL0703", value.span, f"`{row.name}` must not be empty")
            return False, None
        if row.kind is ArgumentKind.INTS:
            numbers = [self.number(row, item) for item in value.items]
            whole = tuple([number for number in numbers if number is not None])
            return len(whole) == len(numbers), whole
        names = [self.thread_name(item) for item in value.items]
        found = tuple([name for name in names if name is not None])
        return len(found) == len(names), found

    def wrong(self, row: ArgumentRule, span: Span, got: str) -> None:
        wanted = {
            ArgumentKind.INT: "a number",
            ArgumentKind.BOOL: "`true` or `false`",
            ArgumentKind.INTS: "a list of numbers such as `[2, 4, 8]`",
            ArgumentKind.POLICY: "a policy such as `fifo`",
            ArgumentKind.THREADS: "a list of threads such as `[alice, bob, bob]`",
        }[row.kind]
        text = f"`{row.name}` must be {wanted}, and this is {got}"
        self.world.reporter.report("CL0703", span, text)

    def inner_policy(self, value: _Value) -> PolicySpec | None:
        if isinstance(value, n.NameExpression):
            value = n.Policy(value.id, value.span, n.Name(value.id, value.span, value.name), ())
        if not isinstance(value, n.Policy):
            self.world.reporter.report(
                "CL0703", value.span, "here a policy is wanted, such as `fifo`"
            )
            return None
        if value.name.text in ("partitioned", "work_stealing", "script"):
            self.world.reporter.report(
                "CL0703",
                value.span,
                f"`{value.name.text}` cannot order the queue of one core",
                help="write a policy for one queue, such as `partitioned(round_robin(quantum: 2))`",
            )
            return None
        return self.spec(value)

    def complete(self, policy: n.Policy, rule: PolicyRule, given: dict[str, PolicyValue]) -> bool:
        for row in rule.arguments:
            if row.required and row.name not in given:
                example = {"partitioned": "partitioned(fifo)", "script": "script [alice, bob]"}
                self.world.reporter.report(
                    "CL0704",
                    policy.span,
                    f"`{rule.name}` needs {row.name}",
                    help=f"for example `{example.get(rule.name, rule.name)}`",
                )
                return False
        levels, quanta = given.get("levels"), given.get("quanta")
        if isinstance(levels, int) and isinstance(quanta, tuple) and levels != len(quanta):
            self.world.reporter.report(
                "CL0703",
                policy.span,
                f"{levels} levels need {levels} quanta, and here are {len(quanta)}",
            )
            return False
        return True

    # ----------------------------------------------------------------- script

    def thread_name(self, node: n.Expression) -> str | None:
        """The name of the thread in an entry of a script."""
        index: int | None = None
        base = node
        if isinstance(base, n.IndexExpression):
            index = Evaluator(self.world, self.space, "the thread's number").integer(base.index)
            if index is None:
                return None
            base = base.base
        found = self.thread_entry(base)
        if found is None:
            return None
        name, symbol = found
        self.scripts.append((node, symbol, name, index))
        return name if index is None else f"{name}[{index}]"

    def thread_entry(self, node: n.Expression) -> tuple[str, Symbol | None] | None:
        space, word = self.space, node
        prefix = ""
        if isinstance(node, n.FieldExpression) and isinstance(node.base, n.NameExpression):
            space = self.world.spaces.get(node.base.name, self.space)
            word = n.NameExpression(node.id, node.name.span, node.name.text)
            prefix = f"{node.base.name}."
        if not isinstance(word, n.NameExpression):
            text = "an entry of a script is the name of a thread, such as `alice` or `bob[1]`"
            self.world.reporter.report("CL0719", node.span, text)
            return None
        entry = self.world.find(word.name, space)
        if entry is None or entry.kind is not Kind.THREAD:
            if entry is None or entry.kind is not Kind.ERROR:
                self.no_thread(word, space)
            return None
        if not prefix and space.process and word.name in space.names:
            prefix = f"{space.process.name}."
        if entry.symbol is not None:
            self.world.refs[word.id] = entry.symbol
        return prefix + word.name, entry.symbol

    def no_thread(self, word: n.NameExpression, space: Space) -> None:
        entries = [*space.names.values(), *self.world.top.names.values()]
        names = [entry.name for entry in entries if entry.kind is Kind.THREAD]
        text = f"there is no thread `{word.name}`"
        self.world.reporter.misspelt("CL0719", word.span, text, word.name, names)


def check_scripts(checker: PolicyChecker) -> None:
    """Check the numbers in scripts; done once all threads are known."""
    world = checker.world
    for node, symbol, name, index in checker.scripts:
        if symbol is None:
            word = name.rpartition(".")[2]
            entry = world.find(word, checker.space)
            symbol = entry.symbol if entry else None
        if symbol is None or not isinstance(symbol.data, ThreadData):
            continue
        data = symbol.data
        if data.index is None and index is not None:
            text = f"`{name}` is a single thread"
            world.reporter.report("CL0719", node.span, text, help=f"write `{name}`")
        elif data.index is not None and index is None:
            text = f"`{name}` is a family of threads: say which one"
            help = f"for example `{name}[{data.first}]`"
            world.reporter.report("CL0719", node.span, text, help=help)
        elif index is not None and not data.first <= index < data.end:
            text = f"there is no `{name}[{index}]`: {index_range(data.first, data.end)}"
            text = text.replace("element", "thread")
            world.reporter.report("CL0719", node.span, text)


def _listed(names: object) -> str:
    return ", ".join(f"`{name}`" for name in names)  # type: ignore[attr-defined]


__all__ = ["HUGE", "PolicyChecker", "check_scripts"]
