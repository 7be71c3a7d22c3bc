"""Results as JUnit XML: a suite per submission, a case per check."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from conclang.exercises.formats.words import explained, first_line
from conclang.exercises.outcome import LIMIT, PASSED, CheckGrade, Grade, number

UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def show(grades: list[Grade], many: bool) -> str:
    suites = [_suite(grade) for grade in grades]
    cases = [check for grade in grades for check in grade.checks]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="conclang exercise" {_numbers(cases)}>\n{"".join(suites)}</testsuites>\n'
    )


def _numbers(checks: list[CheckGrade]) -> str:
    errors = sum(check.outcome.status == LIMIT for check in checks)
    failures = sum(check.outcome.status != PASSED for check in checks) - errors
    return f'tests="{len(checks)}" failures="{failures}" errors="{errors}" skipped="0"'


def _suite(grade: Grade) -> str:
    body = "".join(_case(grade, check) for check in grade.checks)
    points = f"{number(grade.earned)}/{number(grade.points)}"
    rows = [("points", points), ("status", grade.status), ("problem", grade.problem)]
    properties = "".join(
        f"      <property name={_attribute(name)} value={_attribute(value)}/>\n"
        for name, value in rows
        if value
    )
    return (
        f"  <testsuite name={_attribute(grade.submission)} {_numbers(list(grade.checks))}>\n"
        f"    <properties>\n{properties}    </properties>\n{body}  </testsuite>\n"
    )


def _case(grade: Grade, check: CheckGrade) -> str:
    head = f"    <testcase classname={_attribute(grade.exercise)} name={_attribute(check.name)}"
    if check.outcome.status == PASSED:
        return f"{head}/>\n"
    kind = "error" if check.outcome.status == LIMIT else "failure"
    text = "\n".join([*grade.details, *explained(check)])
    said = _attribute(first_line(check))
    return (
        f"{head}>\n      <{kind} type={_attribute(check.outcome.limit or check.kind)} "
        f"message={said}>{_text(text)}</{kind}>\n    </testcase>\n"
    )


def _attribute(text: str) -> str:
    return quoteattr(UNFIT.sub("�", text))


def _text(text: str) -> str:
    return escape(UNFIT.sub("�", text))
