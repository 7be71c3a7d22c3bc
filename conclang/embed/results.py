"""Results of the Python API: plain attributes, and a picture where a notebook wants one."""

from __future__ import annotations

import html
import json
import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from conclang.diagnostics.counting import counted
from conclang.embed.shown import Shown, saved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conclang.analyses.runner import Printed, RunResult
    from conclang.events.event import Event
    from conclang.explore.result import CheckResult, OutcomeRow
    from conclang.explore.result import Finding as CheckFinding
    from conclang.ir.program import Program
    from conclang.render.timeline import Timeline
    from conclang.views.comparing import Compared


class Picture(Shown):
    """A view of a scenario. `text` is its own text: SVG, or a graph for Graphviz."""

    def __init__(self, view: str, title: str, text: str, svg: str) -> None:
        self.view = view
        self.title = title
        self.text = text
        self.svg = svg

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as what the name ends in: .svg, .png, .pdf, .dot."""
        from conclang.views.asking import CannotBeHad
        from conclang.views.table import rendered

        ending = os.path.splitext(os.fspath(path))[1][1:].lower()
        if ending == "dot" and self.text != self.svg:
            saved(self.text, path)
        elif ending in ("svg", "png", "pdf") and self.svg:
            saved(rendered(self.svg, ending), path)
        else:
            raise CannotBeHad(f"this picture cannot be saved as .{ending}")

    def _picture(self) -> str:
        return self.svg

    def _title(self) -> str:
        return f"{self.view}: {self.title}" if self.title else self.view

    def _words(self) -> str:
        return f"<{self._title()}>" if self.svg else self.text


class Page(Shown):
    """The page of a run or a check: step through it in a browser or in the notebook."""

    def __init__(self, title: str, html: str) -> None:
        self.title = title
        self.html = html

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it; the file needs nothing else."""
        saved(self.html, path)

    def _words(self) -> str:
        return f"<page: {self.title}>"

    def _html(self, picture: str) -> str:
        title, inside = html.escape(self.title, quote=True), html.escape(self.html, quote=True)
        style = "width:100%;height:44em;border:0"
        return f'<iframe title="{title}" style="{style}" srcdoc="{inside}"></iframe>'


class Run(Shown):
    """A timed run, or the replay of a schedule."""

    def __init__(self, result: RunResult, timeline: Timeline, events: tuple[Event, ...]) -> None:
        self.result = result
        self.timeline = timeline
        self.events = events

    @property
    def outcome(self) -> str:
        """completed, deadlocked, failed, limit or interrupted."""
        return self.result.outcome.kind

    @property
    def ok(self) -> bool:
        """Nothing failed: no finding that counts, no violated `expect timed`."""
        violated = any(judged.status == "violated" for judged in self.result.judged)
        return not violated and not any(found.fails for found in self.result.findings)

    @property
    def ticks(self) -> int:
        return self.result.outcome.ticks

    @property
    def output(self) -> tuple[Printed, ...]:
        """What was printed: each with .tick, .thread and .text."""
        return self.result.output

    @property
    def final(self) -> dict[str, object]:
        """The variables at the end."""
        return dict(self.result.outcome.final)

    @cached_property
    def metrics(self) -> dict[str, Any]:
        """As in `run --format json`."""
        from conclang.render.run_json import metrics

        return metrics(self.result.metrics)

    @property
    def findings(self) -> tuple[Any, ...]:
        """Problems met on the way: each with .kind, .message, .cause, .threads, .tick."""
        return self.result.findings

    @property
    def expectations(self) -> tuple[Any, ...]:
        """The expect lines: each with .text, .line, .status."""
        return self.result.judged

    @property
    def schedule(self) -> str:
        """What `replay` needs to do the same again."""
        return self.result.schedule.text()

    @cached_property
    def svg(self) -> str:
        """The timeline."""
        from conclang.render.timeline_svg import timeline_svg

        return timeline_svg(self.timeline)

    def to_dict(self) -> dict[str, Any]:
        """As in `run --format json`, without `stats`."""
        from conclang.render.run_json import document

        return document(self.result, "<text>")

    def to_csv(self) -> str:
        """As in `run --format csv`."""
        from conclang.render.tables import metrics_csv

        return metrics_csv(self.result)

    def _picture(self) -> str:
        return self.svg

    def _title(self) -> str:
        return f"timeline: {self.result.scenario}"

    def _words(self) -> str:
        outcome = self.result.outcome
        cores = self.result.cores
        where = f" under {self.result.policy} on {counted(cores, 'core')}" * bool(cores)
        lines = [f"{outcome.kind} at tick {outcome.ticks}{where}"]
        lines += [f"{line.tick}: {line.thread}: {line.text}" for line in self.output[:20]]
        lines += [f"… {len(self.output) - 20} more lines"] if len(self.output) > 20 else []
        for found in self.findings:
            lines += [found.message, *([f"  why: {found.cause}"] if found.cause else [])]
        if self.final:
            lines.append("final: " + json.dumps(self.final, ensure_ascii=False))
        return "\n".join(lines)


class Check(Shown):
    """What is true over all schedules."""

    def __init__(self, program: Program, result: CheckResult) -> None:
        self.program = program
        self.result = result

    @property
    def verdict(self) -> str:
        """holds, violated or unknown."""
        return self.result.verdict

    @property
    def ok(self) -> bool:
        return self.result.verdict == "holds"

    @property
    def findings(self) -> tuple[CheckFinding, ...]:
        """Each with .kind, .message, .cause, .schedule, .steps, .moves and more."""
        return self.result.findings

    @property
    def expectations(self) -> tuple[Any, ...]:
        """The expect lines: each with .text, .line, .status."""
        return self.result.judgements

    @property
    def outcomes(self) -> tuple[OutcomeRow, ...]:
        """Distinct final values: each with .values, and if counted .schedules, .probability."""
        return self.result.outcomes

    @property
    def counts(self) -> Any:
        """Complete schedules, if they were counted."""
        return self.result.counts

    @cached_property
    def svg(self) -> str:
        """The shortest schedule of the gravest finding, else the outcomes."""
        from conclang.views.findings import check_svg

        return check_svg(self.program, self.result)

    def _picture(self) -> str:
        return self.svg

    def _title(self) -> str:
        return f"{self.verdict}: {self.result.scenario}"

    def _words(self) -> str:
        limit = f" (limit reached: {self.result.limit})" if self.result.limit else ""
        lines = [f"{self.verdict}{limit}"]
        lines += [f"  {judged.status}: {judged.text}" for judged in self.expectations]
        for found in self.findings:
            note = " (expected)" if found.expected else "" if found.fails else " (reported)"
            lines += [f"{found.message}{note}"]
            lines += [f"  why: {found.cause}"] if found.cause else []
            lines += [f"  schedule: {found.schedule}"] if found.schedule else []
        return "\n".join(lines)


class Comparison(Shown):
    """The same scenario under several policies and core counts."""

    def __init__(self, rows: Sequence[Compared]) -> None:
        self.rows = tuple(rows)

    @cached_property
    def svg(self) -> str:
        from conclang.views.comparing import chart

        return chart(self.rows)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One dictionary a run, ready for a data frame."""
        from conclang.render.run_json import number

        return [
            {"policy": row.policy, "cores": row.cores, "outcome": row.result.kind}
            | {name: number(value) for name, value in row.figures}
            | {"speedup": number(row.speedup)}
            for row in self.rows
        ]

    def to_csv(self) -> str:
        from conclang.render.tables import lines

        table = self.table
        return lines([list(table[0]), *(list(row.values()) for row in table)])

    def _picture(self) -> str:
        return self.svg

    def _title(self) -> str:
        return f"comparison: {self.rows[0].result.scenario}"

    def _words(self) -> str:
        return "\n".join(
            f"{row.policy} on {row.cores}: {row.result.kind}, "
            f"{counted(row.result.metrics.makespan, 'tick')}"
            for row in self.rows
        )
