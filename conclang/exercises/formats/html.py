"""A failure as a piece of HTML: for graders that show it to students."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from conclang.exercises.formats.words import HIDDEN
from conclang.exercises.outcome import PASSED, CheckGrade, Evidence


def of_check(check: CheckGrade) -> str:
    """The teacher's words, then each piece of evidence with its table and drawing."""
    parts = [f"<p><strong>{escape(check.hint)}</strong></p>"] if check.hint else []
    if check.hidden:
        return "".join(parts) or ("" if check.outcome.status == PASSED else f"<p>{HIDDEN}</p>")
    return "".join([*parts, *(_piece(evidence) for evidence in check.outcome.evidence)])


def _piece(evidence: Evidence) -> str:
    made = f"<p>{escape(evidence.message)}</p>"
    if evidence.cause and evidence.cause not in evidence.message:
        made += f"<p>Why: {escape(evidence.cause)}</p>"
    if evidence.steps is not None:
        plural = "s" * (evidence.steps != 1)
        made += f"<p>Shortest schedule: {evidence.steps} step{plural}</p>"
    if evidence.picture:
        made += f"<pre>{escape(chr(10).join(evidence.picture))}</pre>"
    if evidence.svg:
        made += f'<p><img alt="the schedule as a drawing" src="{data_url(evidence.svg)}"/></p>'
    if evidence.schedule:
        made += f"<p><code>conclang replay FILE {escape(evidence.schedule)}</code></p>"
    return made


def data_url(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
