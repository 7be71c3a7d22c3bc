"""`conclang check` for people: the verdict, each finding with its cause and its schedule."""

from __future__ import annotations

from conclang.cli.check_table import table
from conclang.diagnostics.counting import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.cli.check_report import Report
    from conclang.explore.result import CheckResult, Finding, OutcomeRow

MOST_OUTCOMES = 20
SIGNS = {"holds": "✓", "violated": "✗", "unknown": "?"}
COLORS = {"holds": "32", "violated": "31", "unknown": "33"}
LIMITS = {
    "states": "the number of states allowed",
    "seconds": "the time allowed",
    "memory": "the memory allowed",
    "depth": "the length of a step or schedule allowed",
    "ticks": "the ticks allowed",
    "entities": "63 threads and tasks on the way at a time, in questions about endless schedules",
    "interrupted": "your patience (interrupted)",
}


def page(reports: list[Report], many: bool, stats: bool, color: bool) -> str:
    """Everything about one file, or a summary of several and what failed in them."""
    if not many:
        return "".join(_file(report, stats, color) for report in reports)
    failed = [_file(report, stats, color) for report in reports if report.code]
    return "\n".join([*failed, _summary(reports, stats, color)])


def _file(report: Report, stats: bool, color: bool) -> str:
    shown = _diagnostics(report, color)
    if report.result is None:
        return shown
    return shown + ("\n" if shown else "") + result_text(report.path, report.result, stats, color)


def _diagnostics(report: Report, color: bool) -> str:
    """What there is to say about the text."""
    said = list(report.checked.bag)
    if not said:
        return ""
    from conclang.diagnostics.show import full

    return full(report.checked.source, said, color=color)


def result_text(path: str, result: CheckResult, stats: bool, color: bool) -> str:
    """The result of one file."""
    parts = [_headline(path, result, color)]
    parts += [
        f"  {_paint(SIGNS[j.status], j.status, color)} {j.text}  (line {j.line})"
        + ("" if j.status != "unknown" else ": unknown")
        for j in result.judgements
    ]
    for finding in result.findings:
        parts += ["", *_finding(finding, color)]
    parts += _outcomes(result)
    if result.limit:
        parts += ["", f"unknown: limit reached: {LIMITS.get(result.limit, result.limit)}"]
    if stats:
        parts += ["", _stats(result)]
    return "\n".join(parts) + "\n"


def _headline(path: str, result: CheckResult, color: bool) -> str:
    sign = _paint(f"{SIGNS[result.verdict]} {result.verdict}", result.verdict, color)
    title = f": {result.scenario}" if result.scenario else ""
    return f"{sign}  {_name(path)}{title}"


def _name(path: str) -> str:
    """A file's name on one line: whatever is in it, the terminal stays as it is."""
    return "".join(c if c.isprintable() else "\ufffd" for c in path)


def _finding(finding: Finding, color: bool) -> list[str]:
    mood = "violated" if finding.fails else "unknown"
    note = "" if finding.fails else " (expected)" if finding.expected else " (reported)"
    lines = [_paint(finding.message, mood, color) + note]
    if finding.cause and not finding.message.endswith(finding.cause):
        lines += [f"  why: {finding.cause}"]
    if finding.schedule:
        steps = f"{finding.steps} step" + "s" * (finding.steps != 1)
        switches = f"{finding.switches} switch" + "es" * (finding.switches != 1)
        which = "shortest" if finding.shortest else "a short"
        if finding.moves:
            lines += [f"  {which} schedule: {steps}, {switches}{_preemptions(finding)}"]
            lines += [f"  {row}" for row in table(finding, color)]
        else:
            lines += ["  shortest schedule: 0 steps, it is so from the start"]
        lines += [f"  conclang replay: {finding.schedule}"]
    return lines


def _preemptions(finding: Finding) -> str:
    if finding.preemptions is None:
        return ""
    if finding.preemptions == 0:
        return " (it needs no preemption)"
    return f" (it needs {finding.preemptions} preemption{'s' * (finding.preemptions != 1)})"


def _outcomes(result: CheckResult) -> list[str]:
    if not result.outcomes or not result.outcomes[0].values:
        counted: list[str] = []
    else:
        counted = ["", "outcomes"]
        counted += [f"  {_outcome(row)}" for row in result.outcomes[:MOST_OUTCOMES]]
        if len(result.outcomes) > MOST_OUTCOMES:
            counted += [f"  … and {len(result.outcomes) - MOST_OUTCOMES} more"]
    counts = result.counts
    if counts is None:
        return counted
    if counts.infinite:
        return [*counted, "", "schedules: endless (the program can run for ever)"]
    if counts.complete is None:
        return [*counted, "", "schedules: not counted"]
    return [
        *counted,
        "",
        f"schedules: {counts.complete:,} complete: {counts.finished:,} finished, "
        f"{counts.deadlocked:,} deadlocked, {counts.failed:,} failed",
    ]


def _outcome(row: OutcomeRow) -> str:
    from conclang.explore.values import text

    said = ", ".join(f"{name} = {text(value)}" for name, value in row.values)
    if row.schedules is None or row.probability is None:
        return said
    over, under = row.probability
    return f"{said}  in {counted(row.schedules, 'schedule')}, probability {over / under:.4g}"


def _stats(result: CheckResult) -> str:
    stats = result.stats
    return (
        f"{counted(stats.states, 'state')}, {counted(stats.transitions, 'step')}, "
        f"{stats.seconds:.2f} s, "
        f"{stats.peak_memory_mb:.0f} MB, {stats.engine} engine"
    )


def _summary(reports: list[Report], stats: bool, color: bool) -> str:
    """One row per file, and how many of each."""
    rows = []
    width = max((len(_name(report.path)) for report in reports), default=0)
    for report in reports:
        verdict = report.result.verdict if report.result else "violated"
        kinds = _kinds(report)
        line = (
            f"{_paint(SIGNS[verdict], verdict, color)} {_name(report.path):<{width}}  {verdict:<8}"
        )
        if stats and report.result:
            line += f"  {counted(report.result.stats.states, 'state'):>17}"
        rows.append((line + f"  {kinds}").rstrip())
    totals = {v: sum(_verdict(r) == v for r in reports) for v in SIGNS}
    told = ", ".join(f"{count} {verdict}" for verdict, count in totals.items() if count)
    return "\n".join([*rows, f"{counted(len(reports), 'file')}: {told}"]) + "\n"


def _verdict(report: Report) -> str:
    return report.result.verdict if report.result else "violated"


def _kinds(report: Report) -> str:
    if report.result is None:
        return "does not compile"
    kinds = dict.fromkeys(
        finding.kind + (" (expected)" if finding.expected else "")
        for finding in report.result.findings
        if finding.fails or finding.expected
    )
    return ", ".join(kinds)


def _paint(text: str, mood: str, color: bool) -> str:
    return f"\x1b[{COLORS[mood]}m{text}\x1b[0m" if color else text
