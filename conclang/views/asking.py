"""What a person may ask of a picture besides the scenario, and what cannot be had."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from conclang.record import record, replace

if TYPE_CHECKING:
    from conclang.analyses.runner import Request
    from conclang.events.schedule import Schedule
    from conclang.ir.program import Program

THEMES = ("auto", "light", "dark")
LARGEST_FILE = 64 * 1024 * 1024
MOST_STEPS = 1_000_000
"""Where a run that is to be drawn stops if nobody says otherwise: some runs never end."""


class CannotBeHad(Exception):
    """What was asked for does not exist or does not fit; the message says why."""


class TooMany(CannotBeHad):
    """A limit was reached first."""


@record
class Ask:
    """Everything but file, view and form. None: as the scenario says."""

    policy: str | None = None
    cores: int | None = None
    seed: int = 0
    until: int | None = None
    max_steps: int | None = None
    defines: tuple[tuple[str, str], ...] = ()
    at: int | None = None  # of `waits`
    by: str | None = None  # of `states`
    max_states: int | None = None  # of `states`, `outcomes` and whatever looks at all schedules
    schedule: Schedule | None = None  # replay this one
    every: bool = False  # of `locks`: over all schedules
    theme: str = "auto"


def request_of(program: Program, ask: Ask) -> Request:
    """How the run is wanted."""
    from conclang.analyses.runner import Request

    request = Request(
        cores=ask.cores,
        seed=ask.seed,
        until=ask.until,
        max_steps=ask.max_steps or MOST_STEPS,
        constants=tuple(sorted(ask.defines)),
    )
    return with_policy(program, request, ask.policy)


def with_policy(program: Program, request: Request, text: str | None) -> Request:
    """The request with the policy that a text names."""
    from conclang.ir.policy_spec import POLICIES
    from conclang.policies.registry import PolicyError, foreign, installed, is_foreign
    from conclang.policies.text import PolicyTextError, parse_policy, unfit

    if text is None:
        return request
    text = text.strip()
    try:
        if is_foreign(text):
            return replace(request, maker=foreign(text), maker_text=text)
        if text.isidentifier() and text not in POLICIES:
            maker = installed(text)
            if maker is not None:
                return replace(request, maker=maker, maker_text=text)
        spec = parse_policy(text)
    except (PolicyError, PolicyTextError) as problem:
        raise CannotBeHad(f"--policy: {shortened(problem, 200)}") from None
    reason = unfit(spec, program)
    if reason:
        raise CannotBeHad(f"--policy: {shortened(reason, 200)}")
    return replace(request, policy=spec)


def read_schedule(text: str) -> Schedule:
    """From the text itself, or from a file that holds it (also the JSON of `run` and `check`)."""
    from conclang.events.schedule import FORM, ScheduleError, parse

    if not text.strip().startswith(FORM + "/") and os.path.isfile(text):
        text = _from_file(text)
    elif text.lstrip().startswith(("{", "[")):
        text = _from_json(text, "the text")
    try:
        return parse(text)
    except ScheduleError as problem:
        raise CannotBeHad(f"this is no schedule: {shortened(problem, 200)}") from None


def _from_file(path: str) -> str:
    """The schedule in a file: a line of text, or the `schedule` of our JSON."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            content = stream.read(LARGEST_FILE)
    except OSError as error:
        raise CannotBeHad(f"{shortened(path)}: cannot be read: {error.strerror}") from None
    if not content.lstrip().startswith(("{", "[")):
        return content
    return _from_json(content, shortened(path))


def _from_json(content: str, name: str) -> str:
    import json

    try:
        made = json.loads(content)
    except (ValueError, RecursionError):
        raise CannotBeHad(f"{name}: this is neither a schedule nor JSON") from None
    found = _search(made)
    if found is None:
        raise CannotBeHad(f"{name}: there is no schedule in it")
    return found


def _search(made: Any) -> str | None:
    """The run's own schedule, else that of the first finding."""
    for part in made if isinstance(made, list) else [made]:
        if not isinstance(part, dict):
            continue
        if isinstance(part.get("schedule"), str):
            return str(part["schedule"])
        for finding in part.get("findings") or []:
            if isinstance(finding, dict) and finding.get("schedule"):
                return str(finding["schedule"])
    return None


def shortened(text: object, limit: int = 60) -> str:
    """Input quoted in a message: printable, on one line and not endless."""
    shown = "".join(c if c.isprintable() else "�" for c in str(text))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
