"""A schedule: every free choice of one execution, short enough to paste into a chat.

Two kinds share one form. An **untimed** schedule (from `check`) lists who takes each step and,
where a step has several branches, which. A **timed** one (from `run`) names the policy, cores and
seed that make the run what it is, and lists the dispatches and draws, so that `replay` can tell
where a changed file goes another way.

    cl1/3fa2c9d1/a2ba.1b3           thread 0 twice, 1, 0 with branch 1, 1 three times
    cl1/3fa2c9d1/run=round_robin+quantum:2-/cores=2/seed=0/ab@1cb=4

    cl1/3fa2c9d1/loop=2/abab        the choices from the third on are repeated for ever
    cl1/3fa2c9d1/fused=0/aab        local work is a step of its own (`check --without fusing`)

Threads are letters in order of creation: `a` is the first declared, after `z` come `A`..`Z`, then
`_52_`. A number after a letter repeats it. `.k` is a branch other than the first. In a timed
schedule `@k` says on which core the following are dispatched and `b=4` that b drew 4. Every
character is safe in a shell without quotes, and nothing depends on the path of the file.
"""

from __future__ import annotations

import re

from conclang.record import record, replace

FORM = "cl1"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST = 400
"""A timed schedule lists this many choices; the rest is kept as a count and a checksum."""
MASK = 0xFFFFFFFF


class ScheduleError(ValueError):
    """A text that is not a schedule; the message says what is wrong and where."""


@record
class Choice:
    """One choice. core -1: an untimed step of `thread` by `branch`. core >= 0: in a timed run,
    `thread` was dispatched there (branch -1) or drew `branch` while it ran there."""

    core: int
    thread: int
    branch: int


@record
class Schedule:
    """The choices, and for a timed run what else it depends on."""

    choices: tuple[Choice, ...] = ()
    digest: str = ""  # of the program's meaning, its first letters; "" = not said
    initial: int = 0  # untimed: which initial state (chooses before the first step)
    policy: str = ""  # timed: as `--policy` takes it, or one per processor with `;`; "" = untimed
    cores: int = 0  # timed: cores of every processor; 0 = as declared
    seed: int = 0
    until: int = -1  # timed: -1 = not limited
    constants: tuple[tuple[str, str], ...] = ()  # -D NAME=VALUE of the execution
    loop: int = -1  # untimed: the choices from this one on (from 0) are repeated for ever
    more: int = 0  # choices beyond those listed
    checksum: int = 0  # of all choices, when there are more
    fused: bool = True  # untimed: local work belongs to the step before it

    @property
    def timed(self) -> bool:
        return self.policy != ""

    def text(self) -> str:
        """The one-line form; `parse` is its inverse."""
        parts = [FORM]
        if self.digest:
            parts.append(self.digest)
        parts += [f"D.{name}={_escape(value)}" for name, value in self.constants]
        parts += _fields(self)
        parts.append(_choices_text(self.choices))
        return "/".join(parts)

    def __str__(self) -> str:
        return self.text()


def untimed(
    steps: list[tuple[int, int]], digest: str = "", initial: int = 0, loop: int = -1
) -> Schedule:
    """A schedule of `check`: (entity, branch) of each step; those from `loop` on go on for ever."""
    choices = tuple(Choice(-1, entity, branch) for entity, branch in steps)
    return Schedule(choices, digest=digest[:8], initial=initial, loop=loop)


def shortened(schedule: Schedule, longest: int = LONGEST) -> Schedule:
    """The same with at most `longest` choices listed, the rest as count and checksum."""
    if len(schedule.choices) <= longest:
        return schedule
    return replace(
        schedule,
        choices=schedule.choices[:longest],
        more=len(schedule.choices) - longest,
        checksum=checksum(schedule.choices),
    )


def checksum(choices: tuple[Choice, ...]) -> int:
    """A number that differs when choices differ."""
    value = 0
    for choice in choices:
        value = checksum_next(value, choice)
    return value


def checksum_next(value: int, choice: Choice) -> int:
    """The checksum with one more choice."""
    for part in (choice.core, choice.thread, choice.branch):
        value = ((value ^ (part & MASK)) * 0x9E3779B1 + 0x7F4A7C15) & MASK
        value ^= value >> 15
    return value


# -- writing


def _fields(schedule: Schedule) -> list[str]:
    pairs: list[tuple[str, object]] = []
    if schedule.initial:
        pairs.append(("init", schedule.initial))
    if not schedule.fused:
        pairs.append(("fused", 0))
    if schedule.loop >= 0:
        pairs.append(("loop", schedule.loop))
    if schedule.timed:
        pairs.append(("run", _escape(_tight(schedule.policy))))
        if schedule.cores:
            pairs.append(("cores", schedule.cores))
        pairs.append(("seed", schedule.seed))
        if schedule.until >= 0:
            pairs.append(("until", schedule.until))
    if schedule.more:
        pairs.append(("more", f"{schedule.more}.{schedule.checksum:08x}"))
    return [f"{key}={value}" for key, value in pairs]


def _choices_text(choices: tuple[Choice, ...]) -> str:
    out: list[str] = []
    core = 0
    position = 0
    while position < len(choices):
        choice = choices[position]
        if choice.core >= 0 and choice.core != core:
            core = choice.core
            out.append(f"@{core}")
        repeats = _repeats(choices, position) if choice.branch in (0, -1) else 1
        if choice.core >= 0 and choice.branch >= 0:
            repeats = 1
        out.append(_token(choice, repeats))
        position += repeats
    return "".join(out)


def _repeats(choices: tuple[Choice, ...], start: int) -> int:
    end = start
    while end < len(choices) and choices[end] == choices[start]:
        end += 1
    return end - start


def _token(choice: Choice, repeats: int) -> str:
    letter = LETTERS[choice.thread] if choice.thread < len(LETTERS) else f"_{choice.thread}_"
    if repeats > 1:
        return f"{letter}{repeats}"
    if choice.core >= 0:
        return letter if choice.branch < 0 else f"{letter}={choice.branch}"
    return letter if choice.branch == 0 else f"{letter}.{choice.branch}"


_PLAIN = frozenset(LETTERS + "0123456789_.,:")
_SWAPPED = {"(": "+", ")": "-", "[": "@", "]": "="}
_RESTORED = {new: old for old, new in _SWAPPED.items()}


def _tight(policy: str) -> str:
    """A policy without the spaces that mean nothing; those of a file's name are kept."""
    if re.search(r"\.py:\w+$", policy):
        return policy
    return policy.replace(" ", "")


def _escape(text: str) -> str:
    """A policy or value in shell-safe characters."""
    out = []
    for letter in text:
        if letter in _PLAIN:
            out.append(letter)
        else:
            out.append(_SWAPPED.get(letter) or "".join(f"%{b:02X}" for b in letter.encode()))
    return "".join(out)


def _unescape(text: str) -> str:
    def restore(match: re.Match[str]) -> str:
        found = match.group()
        if found[0] != "%":
            return _RESTORED[found]
        return bytes.fromhex(found.replace("%", "")).decode("utf-8", "replace")

    return re.sub(r"(?:%[0-9A-F]{2})+|[+\-@=]", restore, text)


# -- reading


def parse(text: str) -> Schedule:
    """The schedule that a text says; ScheduleError if it says none."""
    parts = text.strip().strip("'\"").split("/")
    if parts[0] != FORM:
        start = parts[0][:12]
        raise ScheduleError(f"a schedule starts with `{FORM}/`, this starts with `{start}`")
    if len(parts) < 2:
        raise ScheduleError(f"there are no choices after `{FORM}`")
    values: dict[str, str] = {}
    constants: list[tuple[str, str]] = []
    digest = ""
    for part in parts[1:-1]:
        key, equals, value = part.partition("=")
        if not equals:
            digest = _digest(part)
        elif key.startswith("D."):
            constants.append((key[2:], _unescape(value)))
        else:
            values[key] = value
    return _assemble(parts[-1], digest, values, tuple(constants))


def _digest(part: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{1,64}", part):
        raise ScheduleError(f"`{part[:20]}` is neither a digest nor a setting like `seed=1`")
    return part


KEYS = ("init", "fused", "loop", "run", "cores", "seed", "until", "more")


def _assemble(
    choices: str, digest: str, values: dict[str, str], constants: tuple[tuple[str, str], ...]
) -> Schedule:
    for key in values:
        if key not in KEYS:
            raise ScheduleError(f"`{key[:20]}` is no setting of a schedule")
    more, _, check = values.get("more", "0.0").partition(".")
    policy = _unescape(values.get("run", ""))
    return Schedule(
        choices=_parse_choices(choices, policy != ""),
        digest=digest,
        initial=_number(values.get("init", "0")),
        loop=_number(values["loop"]) if "loop" in values else -1,
        policy=policy,
        cores=_number(values.get("cores", "0")),
        seed=_number(values.get("seed", "0")),
        until=_number(values["until"]) if "until" in values else -1,
        constants=constants,
        more=_number(more),
        checksum=_number(check, 16),
        fused=_number(values.get("fused", "1")) != 0,
    )


def _number(text: str, base: int = 10) -> int:
    try:
        if len(text) > 19:
            raise ValueError
        return int(text, base)
    except ValueError:
        raise ScheduleError(f"`{text[:20]}` is no number") from None


_TOKEN = (  # compiled when a schedule is read; most commands only write some
    r"@(?P<core>\d{1,6})|(?:(?P<letter>[a-zA-Z])|_(?P<number>\d{1,9})_)"
    r"(?:\.(?P<branch>\d{1,18})|=(?P<draw>-?\d{1,19})|(?P<count>\d{1,7}))?"
)


def _parse_choices(text: str, timed: bool) -> tuple[Choice, ...]:
    out: list[Choice] = []
    core = 0
    position = 0
    token = re.compile(_TOKEN)
    while position < len(text):
        match = token.match(text, position)
        if match is None:
            raise ScheduleError(
                f"`{text[position : position + 8]}` at character {position + 1} of the choices "
                "names no thread"
            )
        position = match.end()
        if match["core"] is not None:
            core = int(match["core"])
        else:
            out += _token_choices(match, core if timed else -1)
    return tuple(out)


def _token_choices(match: re.Match[str], core: int) -> list[Choice]:
    thread = int(match["number"]) if match["number"] else LETTERS.index(match["letter"])
    plain = -1 if core >= 0 else 0
    if match["count"] is not None:
        return [Choice(core, thread, plain)] * int(match["count"])
    if match["branch"] is not None:
        return [Choice(core, thread, int(match["branch"]))]
    if match["draw"] is not None:
        return [Choice(max(core, 0), thread, int(match["draw"]))]
    return [Choice(core, thread, plain)]
