"""`conclang check --format junit`: one suite per file, one case per expectation and flaw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from conclang.cli.check_report import Report
    from conclang.explore.result import CheckResult, Finding

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def suite(reports: list[Report], stats: bool) -> str:
    """The whole document."""
    parts = [_file(report, stats) for report in reports]
    body = "".join(text for text, _ in parts)
    total = [sum(numbers[i] for _, numbers in parts) for i in range(3)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="conclang" {_numbers(total)}>\n{body}</testsuites>\n'
    )


def _numbers(numbers: list[int] | tuple[int, ...]) -> str:
    tests, failures, skipped = numbers
    return f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'


def _file(report: Report, stats: bool) -> tuple[str, tuple[int, int, int]]:
    cases = _static(report) if report.result is None else _cases(report.path, report.result)
    tests = len(cases)
    failures = sum("<failure" in case for case in cases)
    skipped = sum("<skipped" in case for case in cases)
    seconds = ""
    if stats and report.result is not None:
        seconds = f' time="{report.result.stats.seconds:.3f}"'
    head = f"  <testsuite name={_attribute(report.path)} "
    head += f"{_numbers((tests, failures, skipped))}{seconds}>\n"
    return head + "".join(cases) + "  </testsuite>\n", (tests, failures, skipped)


def _static(report: Report) -> list[str]:
    found = []
    for diagnostic in report.checked.bag.errors:
        place = report.checked.source.place(diagnostic.span.start)
        said = f"line {place.line}: {diagnostic.message}"
        found.append(_case(report.path, diagnostic.code, _failure(diagnostic.code, said, said)))
    return found


def _cases(path: str, result: CheckResult) -> list[str]:
    cases = []
    for judgement in result.judgements:
        name = f"line {judgement.line}: {judgement.text}"
        inner = {"holds": "", "unknown": _skipped(result)}.get(judgement.status)
        if inner is None:
            mine = [f for f in result.findings if f.message.startswith(judgement.text)]
            inner = _failure("expectation", judgement.text, _details(mine[0]) if mine else "")
        cases.append(_case(path, name, inner))
    for finding in result.findings:
        if finding.kind != "expectation" and (finding.fails or finding.expected):
            inner = _failure(finding.kind, finding.message, _details(finding))
            cases.append(_case(path, finding.message, inner if finding.fails else ""))
    silent = result.verdict == "unknown" and not any("<skipped" in case for case in cases)
    if silent or not cases:
        cases.append(_case(path, "all schedules", _skipped(result) if result.limit else ""))
    return cases


def _details(finding: Finding) -> str:
    lines = [finding.cause or finding.message]
    lines += [f"{n}. {m.thread}: {m.text} (line {m.line})" for n, m in enumerate(finding.moves, 1)]
    return "\n".join([*lines, finding.schedule])


def _skipped(result: CheckResult) -> str:
    return f"<skipped message={_attribute(f'unknown: limit reached: {result.limit}')}/>"


def _failure(kind: str, said: str, text: str) -> str:
    body = escape(_fit(text))
    return f"<failure type={_attribute(kind)} message={_attribute(said)}>{body}</failure>"


def _case(path: str, name: str, inner: str) -> str:
    head = f"    <testcase classname={_attribute(path)} name={_attribute(name)}"
    return f"{head}>{inner}</testcase>\n" if inner else f"{head}/>\n"


def _attribute(text: str) -> str:
    return quoteattr(_fit(text))


def _fit(text: str) -> str:
    """XML has no form for some characters."""
    return _UNFIT.sub("\ufffd", text)
