"""Endless schedules judged: findings with a lasso, and who is never served, in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from conclang.explore import cause as causes
from conclang.explore.cause import Cause
from conclang.explore.names import FINISHED, SPINNING
from conclang.explore.property import Questions
from conclang.explore.result import HOLDS, UNKNOWN, Mark
from conclang.explore.witness import Path, Witnesses
from conclang.explore.wording import Wording
from conclang.ir.program import Expected
from conclang.record import replace

TYPE_CHECKING = False
if TYPE_CHECKING:  # loaded when a file asks for it
    from typing import Any, TypeVar

    from conclang.explore.liveness import Liveness
    from conclang.explore.liveness_lasso import Lasso

    Answer = TypeVar("Answer")

HOW = {
    "ends": "{said}, and then the schedule ends",
    "fails": "{said}, and then the schedule fails",
    "endless": "{said}, on a schedule that goes on for ever",
}


class EndlessJudge(Wording):
    """The part of a judge that knows about endless schedules."""

    questions: Questions
    witnesses: Witnesses | None
    fairness: str
    _liveness: Liveness | None

    if TYPE_CHECKING:

        def _violated(
            self, expected: Expected, path: Path | None, said: str, why: str = ""
        ) -> str: ...

    def liveness(self) -> Liveness | None:
        """Answers about endless schedules; None if not all states were seen."""
        if self._liveness is None and self.facts.whole and self.witnesses is not None:
            from conclang.explore.liveness import Liveness

            names, witnesses, check = self.names, self.witnesses, self.patience.check
            self._liveness = self.patiently(
                lambda: Liveness(names, witnesses, self.fairness, check), "liveness"
            )
        return self._liveness

    # -- flaws ----------------------------------------------------------------------------------

    def endless_flaws(self) -> None:
        """Starvation and livelock, if a line speaks of them."""
        for flaw in ("starvation", "livelock"):
            if not self.questions.speaks_of(flaw):
                continue
            live = self.liveness()
            if live is None:
                self.given_up.add(flaw)
                continue
            lasso: Lasso | None = self.patiently(getattr(live, flaw), flaw)
            if lasso is None:
                continue
            make = partial(self._endless, flaw, lasso)
            self.tell(make, partial(live.path, lasso), partial(live.end, lasso))

    def _endless(self, flaw: str, lasso: Lasso, path: Path) -> None:
        said, why = self._starving(path, lasso) if flaw == "starvation" else self._busy(path)
        self.add(flaw, said, path, why, bool(self.questions.wanted(flaw)), False)

    def _going(self, path: Path) -> list[str]:
        """Who goes on for ever: by steps, or without any."""
        words = list(path.end or ())
        names = [self.names.entity(s.before, s.entity) for s in path.steps[path.loop :]]
        for t in range(words[0]):
            if self.names.status(words, t) == SPINNING:
                names.append(self.names.entity(words, t))
        return list(dict.fromkeys(names))

    def _round(self, path: Path) -> str:
        """The places of the round trip in words: `lines 4, 5 and 8`."""
        lines = {
            self.names.site(self.names.pc(s.before, s.entity)).line for s in path.steps[path.loop :]
        }
        told = [str(line) for line in sorted(lines)]
        if len(told) < 2:
            return f"line {told[0]}" if told else "a loop without a step"
        return f"lines {', '.join(told[:-1])} and {told[-1]}"

    def _busy(self, path: Path) -> tuple[str, Cause]:
        going = self._going(path)
        said = "livelock: everybody is busy and nobody gets anywhere"
        if not path.known:
            return said, Cause("nobody need ever end, leave a section or print")
        who = _listed(going)
        verb, them = ("goes", "nothing comes of it") if len(going) == 1 else ("go", "nobody")
        rest = them if len(going) == 1 else f"{them} ends, leaves a section or prints"
        spans = tuple(self._marks(path))
        why = f"{who} {verb} round for ever ({self._round(path)}), and {rest}"
        return said, Cause(why, tuple(going), (), spans)

    def _unserved(self, path: Path) -> str:
        """Who takes no step in the round: `; b is never served at `lock m` (line 5)`."""
        words, threads = list(path.end or ()), self.names.program.threads
        moved = {step.entity for step in path.steps[path.loop :]}
        told = []
        for t in range(words[0]):
            daemon = t < len(threads) and threads[t].attributes.daemon
            if t in moved or daemon or self.names.status(words, t) in (SPINNING, FINISHED):
                continue
            site = self.names.site(self.names.pc(words, t))
            told.append(f"{self.names.entity(words, t)} at `{site.text}` (line {site.line})")
        return f"; never served: {', '.join(told)}" if told else ""

    def _marks(self, path: Path) -> list[Mark]:
        """Where each of those who go round does so."""
        found: dict[int, Mark] = {}
        for step in path.steps[path.loop :]:
            pc = self.names.pc(step.before, step.entity)
            who = self.names.entity(step.before, step.entity)
            found.setdefault(step.entity, causes.mark_at(self.names, pc, f"{who} goes round here"))
        return list(found.values())

    def _starving(self, path: Path, lasso: Lasso) -> tuple[str, Cause]:
        words, t = list(path.end or ()), lasso.victim
        who, pc = self.names.entity(words, t), self.names.pc(words, t)
        mine = [s for s in path.steps[path.loop :] if s.entity == t]
        others = [name for name in self._going(path) if name != who]
        while_ = f" while {_listed(others)} {_verb(others)} on" if others else ""
        if others and not mine:
            while_ += f" ({self._round(path)})"
        site = self.names.site(pc)
        if mine:
            how = f"{who} tries again and again in vain ({self._tries(mine)})"
            objects = [self.names.object_at(s.before, t) for s in mine]
        else:
            how = f"{who} waits for ever at `{site.text}` (line {site.line})"
            objects = [self.names.object_at(words, t)]
        mark = causes.mark_at(self.names, pc, f"{who} is never served")
        named = tuple(dict.fromkeys(o for o in objects if o))
        why = Cause(f"{how}{while_}", (who,), named, (mark,))
        return f"starvation: {who} can wait for ever", why

    def _tries(self, steps: Sequence[Any]) -> str:
        told: dict[str, None] = {}
        for step in steps:
            site = self.names.site(self.names.pc(step.before, step.entity))
            told[f"`{site.text}` (line {site.line})"] = None
        return ", ".join(told)

    # -- expect lines -----------------------------------------------------------------------------

    def _judge_eventually(self, expected: Expected) -> str:

        live = self.liveness()
        if live is None:
            return UNKNOWN
        at_once = [r for reports in self.facts.faults.values() for r in reports if r.place is None]
        if at_once:
            said = "the schedule fails at its start"
            make = partial(self._violated, expected, said=said)
            return self.reported(lambda path: make(path), at_once[:1], at_once[0].words[0])
        goal = live.truth(self.questions.predicate(expected.code))
        return self._never(expected, live.roots(), goal, "it never becomes true")

    def _judge_leads_to(self, expected: Expected) -> str:

        live = self.liveness()
        if live is None:
            return UNKNOWN
        first = live.truth(self.questions.predicate(expected.code))
        then = live.truth(self.questions.predicate(expected.code2))
        said = "the first becomes true and the second never does after it"
        return self._never(expected, first, then, said)

    def _never(self, expected: Expected, starts: bytearray, goal: bytearray, said: str) -> str:
        """Judge a line that a schedule from a start which never comes to the goal violates."""
        live = self._liveness
        assert live is not None
        found = self.patiently(lambda: (live.never_after(starts, goal),), "liveness")
        if found is None:
            return UNKNOWN
        (escape,) = found
        if escape is None:
            return HOLDS
        told = HOW[escape.how].format(said=said)
        why = told
        if escape.how == "endless" and escape.path.known:
            going = self._going(escape.path)
            why = f"{told}: {_listed(going)} {_verb(going)} round ({self._round(escape.path)})"
            why += self._unserved(escape.path)
        path = escape.path

        def make(path: Path) -> str:
            return self._violated(expected, path, told, why)

        return self.tell(make, lambda: path, lambda: replace(path, known=False))


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return names[0] if names else "nobody"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _verb(names: Sequence[str]) -> str:
    return "goes" if len(names) == 1 else "go"
