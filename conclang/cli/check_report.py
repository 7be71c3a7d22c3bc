"""One checked file, as the forms of `conclang check` write it down, and the exit code it means."""

from __future__ import annotations

from conclang.record import record, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from conclang.explore.result import CheckResult
    from conclang.pipeline import Checked

HOLDS, FINDING, UNUSABLE, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130
WORKERS = 2  # threads that search, unless `--workers` says otherwise


@record
class Report:
    """One file and what became of it; `result` is None if it has static errors."""

    path: str
    checked: Checked
    result: CheckResult | None

    def shortened(self) -> Report:
        """The same without what may be very long."""
        if self.result is None:
            return self
        findings = tuple(replace(found, moves=()) for found in self.result.findings)
        short = replace(self.result, findings=findings, outcomes=(), limit="memory")
        return replace(self, result=short)

    @property
    def code(self) -> int:
        if self.result is None:
            return FINDING
        if self.result.limit == "interrupted":
            return INTERRUPTED
        return {"holds": HOLDS, "violated": FINDING}.get(self.result.verdict, UNKNOWN)
