"""The page: one HTML file with everything in it, to step through a run or the findings of a check.

No network, no build step: the script is the modules of `assets/`, put into one in the order of what
they import; the style sheet is `assets/page.css` with the colours of the timeline before it. The
browser is told by a content policy to run this very script (its digest) and to load nothing.

The script's `mount(element, data, options)` is for other hosts too: `script()` and `style()` are
what they need besides the data.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from conclang.events.schedule import Schedule, ScheduleError, parse
from conclang.ir.program import Program
from conclang.render import page_data, svg
from conclang.render.page_watch import StepWatcher, TimedWatcher, Watcher, watched
from conclang.render.timeline import HELD, Recorder
from conclang.render.timeline_style import DARK, LIGHT, STATES, THREADS

if TYPE_CHECKING:
    from conclang.analyses.replaying import Replayed
    from conclang.analyses.runner import Request, RunResult
    from conclang.diagnostics.source import SourceText
    from conclang.events.event import Event
    from conclang.explore.result import CheckResult, Finding

MODULES = ("dom", "model", "source", "timeline", "waits", "panels", "page")
"""In this order each imports only those before it."""
MOST_PLAYS = 24
MADE = "<!-- Made by conclang -->"

# -- what is shown -------------------------------------------------------------------------------


def run_data(
    program: Program, source: SourceText, request: Request
) -> tuple[RunResult, dict[str, Any]]:
    """A timed run and its page."""
    from conclang.analyses.runner import run_program
    from conclang.record import replace

    watcher = TimedWatcher(program)
    recorder, listener = _recorded(program, request, watcher, untimed=False)
    result = run_program(program, replace(request, engine=watched(watcher)), listener)
    made = _of_run(program, source, result)
    made["plays"] = [page_data.play(program, result, watcher, recorder.timeline(result))]
    return result, made


def replay_data(
    program: Program, source: SourceText, schedule: Schedule, request: Request
) -> tuple[Replayed, dict[str, Any]]:
    """A replayed schedule, timed or not, and its page."""
    from conclang.analyses.replaying import fitting, replay_timed, replay_untimed
    from conclang.record import replace

    if schedule.timed:
        timed = TimedWatcher(program)
        watcher: Watcher = timed
        recorder, listener = _recorded(program, request, watcher, untimed=False)
        wanted = replace(request, engine=watched(timed))
        replayed = replay_timed(program, schedule, wanted, listener)
    else:
        program = fitting(program, schedule)
        steps = StepWatcher(program)
        watcher = steps
        recorder, listener = _recorded(program, request, watcher, untimed=True)
        replayed = replay_untimed(program, schedule, listener, steps.look)
    result = replayed.result
    made = _of_run(program, source, result)
    made["form"] = "replay"
    made["divergence"] = replayed.divergence
    made["plays"] = [page_data.play(program, result, watcher, recorder.timeline(result))]
    return replayed, made


def check_data(
    program: Program | None, source: SourceText, result: CheckResult | None, notes: list[Any]
) -> dict[str, Any]:
    """A verdict, with the schedule of each finding; `notes` are reports on the text itself."""
    made = page_data.common(program, source.text, source.name)
    made["form"] = "check"
    made["notes"] = notes
    made["verdict"] = ["not checked", ""]
    made["findings"], made["expectations"], made["outcomes"], made["plays"] = [], [], [], []
    if program is None or result is None:
        return made
    made["verdict"] = [result.verdict, result.limit or ""]
    made["expectations"] = [page_data.judgement(judged) for judged in result.judgements]
    made["outcomes"] = [_outcome(row) for row in result.outcomes]
    known: dict[str, int] = {}
    for found in result.findings:
        number = _play_of(program, found, known, made["plays"])
        made["findings"].append(page_data.finding(found, number, found.steps))
        made["findings"][-1]["decisive"] = _decisive(found) if number >= 0 else []
    return made


def _of_run(program: Program, source: SourceText, result: RunResult) -> dict[str, Any]:
    made = page_data.common(program, source.text, source.name)
    made["form"] = "run"
    made["findings"] = [page_data.finding(found, 0, found.tick) for found in result.findings]
    made["expectations"] = [page_data.judgement(judged) for judged in result.judged]
    made["outcomes"], made["notes"], made["divergence"] = [], [], ""
    made["verdict"] = [result.kind, result.outcome.message]
    return made


def _recorded(program: Program, request: Request, watcher: Watcher, untimed: bool) -> Any:
    """What the timeline needs besides, and the listener for both."""
    from conclang.analyses.runner import header_of

    kinds = {thing.name: kind for kind in HELD for thing in program.things[kind]}
    recorder = Recorder(header_of(program, request), kinds, untimed)

    def listener(event: Event) -> None:
        watcher.see(event)
        recorder.see(event)

    return recorder, listener


def _play_of(
    program: Program, found: Finding, known: dict[str, int], plays: list[dict[str, Any]]
) -> int:
    """The number of the play that shows a finding; -1 if there is none."""
    if found.schedule in known:
        return known[found.schedule]
    if not found.schedule or len(plays) >= MOST_PLAYS:
        return -1
    from conclang.analyses.replaying import fitting, replay_untimed
    from conclang.analyses.runner import Request

    try:
        schedule = parse(found.schedule)
    except ScheduleError:
        return -1
    if schedule.timed:
        return -1
    program = fitting(program, schedule)
    watcher = StepWatcher(program)
    recorder, listener = _recorded(program, Request(), watcher, untimed=True)
    replayed = replay_untimed(program, schedule, listener, watcher.look)
    plays.append(
        page_data.play(program, replayed.result, watcher, recorder.timeline(replayed.result))
    )
    known[found.schedule] = len(plays) - 1
    return len(plays) - 1


def _decisive(found: Finding) -> list[int]:
    return [step for step, move in enumerate(found.moves, start=1) if move.decisive]


def _outcome(row: Any) -> list[Any]:
    """Values, number of schedules, probability."""
    values = [[name, _shown(value)] for name, value in row.values]
    share = None if row.probability is None else row.probability[0] / row.probability[1]
    return [values, None if row.schedules is None else str(row.schedules), share]


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# -- the file ------------------------------------------------------------------------------------


def page(data: dict[str, Any]) -> str:
    """The whole file."""
    body = script() + BOOT
    css = style()
    policy = (
        f"default-src 'none'; script-src '{_digest(body)}'; style-src '{_digest(css)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    title = html.escape(svg.clean(data["title"] or data["file"]))
    return (
        f'<!doctype html>\n{MADE}\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="generator" content="conclang">\n'
        f'<title>{title} · conclang</title>\n<link rel="icon" href="data:,">\n'
        f"<style>{css}</style>\n</head>\n<body>\n"
        '<div id="conclang"><noscript>This page plays a run step by step, '
        "which needs JavaScript.</noscript></div>\n"
        f'<script type="application/json" id="conclang-data">{embedded(data)}</script>\n'
        f'<script type="module">{body}</script>\n</body>\n</html>\n'
    )


BOOT = """
mount(
  document.getElementById("conclang"),
  JSON.parse(document.getElementById("conclang-data").textContent),
  { address: true },
);
"""
_RISKY = re.compile("[<>&\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")


def embedded(data: dict[str, Any]) -> str:
    """JSON that can stand in a script element: nothing in it ends it or turns its direction."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _RISKY.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


@cache
def script() -> str:
    """All modules as one: what they import from each other is simply there."""
    parts = []
    for name in MODULES:
        text = _asset(f"{name}.js")
        parts.append(re.sub(r'^import [^;]*? from "\./\w+\.js";\n', "", text, flags=re.M))
    return "\n".join(parts)


@cache
def style() -> str:
    """The style sheet, with the colours that the timeline has everywhere."""
    return f"{_palette()}\n{_asset('page.css')}"


def _palette() -> str:
    both = [f"--t{number}:{color}" for number, color in enumerate(THREADS)]
    both += [f"--s-{state}:{ground}" for state, (ground, _) in STATES.items()]
    both += [f"--l-{state}:{line or 'transparent'}" for state, (_, line) in STATES.items()]
    for kind in ("wake", "message", "spawn", "join", "alarm"):
        both.append(f"--a-{kind}:light-dark({LIGHT[kind]},{DARK[kind]})")
    return f".cl{{{';'.join(both)}}}"


def _asset(name: str) -> str:
    return files("conclang.render").joinpath("assets", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    made = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"sha256-{made}"
