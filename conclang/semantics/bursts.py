"""`sjf` and `srtf` need to know how long each thread will work."""

from __future__ import annotations

from bisect import bisect_left

from conclang.ir.policy_spec import POLICIES, PolicySpec
from conclang.semantics.report import Reporter
from conclang.semantics.resolved import Resolved
from conclang.semantics.symbols import Kind, ProcessorData, Symbol, ThreadData
from conclang.semantics.work import countable_work


def needs_burst(policy: PolicySpec) -> bool:
    """Does a policy, or one inside it, order threads by their length?"""
    if policy.name in POLICIES and POLICIES[policy.name].needs_burst:
        return True
    return any(
        isinstance(value, PolicySpec) and needs_burst(value) for _, value in policy.arguments
    )


def without_burst(resolved: Resolved) -> list[tuple[Symbol, str]]:
    """Declared threads whose length nobody can say: symbol, and name of the first such one."""
    found: list[tuple[Symbol, str]] = []
    for symbol in resolved.of_kind(Kind.THREAD):
        data = symbol.data
        if not isinstance(data, ThreadData):
            continue
        for position in range(data.end - data.first):
            if data.attributes(position).burst is not None:
                continue
            if countable_work(resolved, symbol, position) is None:
                found.append((symbol, data.name(symbol, position)))
                break
    return found


def check_bursts(resolved: Resolved, reporter: Reporter) -> None:
    """Report the threads that a declared `sjf` or `srtf` cannot order."""
    chips = [p for p in resolved.of_kind(Kind.PROCESSOR) if isinstance(p.data, ProcessorData)]
    demanding = [chip for chip in chips if needs_burst(_policy(chip))]
    whole_run = any(needs_burst(policy) for policy in _under(resolved, demanding))
    if not demanding and not whole_run:
        return
    mistakes = sorted(error.span.start for error in reporter.errors)
    for symbol, name in without_burst(resolved):
        chip = _chip_of(symbol, demanding)
        if (chip is None and not whole_run) or _is_broken(symbol, mistakes):
            continue
        policy = _policy(chip).name if chip else "sjf or srtf"
        at = ((chip.span, f"`{chip.name}` schedules by `{policy}`"),) if chip else ()
        reporter.report(
            "CL0718",
            symbol.span,
            f"`{policy}` needs to know how long `{name}` works, and that cannot be counted here",
            at=at,
            help=f"say so: `thread {symbol.name} with burst 8 {{ … }}`",
        )


def _is_broken(symbol: Symbol, mistakes: list[int]) -> bool:
    """Was a mistake reported in a thread? Then nothing is known of its length."""
    node = symbol.node
    if node is None:
        return True
    first = bisect_left(mistakes, node.span.start)
    return first < len(mistakes) and mistakes[first] < node.span.end


def _policy(chip: Symbol) -> PolicySpec:
    assert isinstance(chip.data, ProcessorData)
    return chip.data.policy


def _under(resolved: Resolved, demanding: list[Symbol]) -> list[PolicySpec]:
    """The policies of `expect timed … under POLICY`."""
    declared = {id(_policy(chip)) for chip in demanding}
    return [policy for policy in resolved.policies.values() if id(policy) not in declared]


def _chip_of(symbol: Symbol, demanding: list[Symbol]) -> Symbol | None:
    """The demanding processor that a thread may run on."""
    assert isinstance(symbol.data, ThreadData)
    chosen = symbol.data.shared_attributes.on
    for chip in demanding:
        if chosen is None or chosen is chip:
            return chip
    return None
