"""Lost updates and atomicity violations judged: writes that rest on reads others have overtaken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from conclang.explore import cause as causes
from conclang.explore import witness
from conclang.explore.cause import Cause
from conclang.explore.facts import Facts, shallowest
from conclang.explore.flow import WRITING, Flow
from conclang.explore.names import Names
from conclang.explore.patience import FINISHING
from conclang.explore.property import FOLLOWED, Questions, covers
from conclang.explore.reports import Report
from conclang.explore.values import cell_of
from conclang.explore.witness import Path, Step, Witnesses
from conclang.explore.wording import Wording
from conclang.record import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from conclang.explore.monitors import Monitors, Watch

    Answer = TypeVar("Answer")

AT = 1


class StaleJudge(Wording):
    """The part of a judge that knows about overtaken reads."""

    questions: Questions
    witnesses: Witnesses | None
    flow: Flow | None
    restricted: bool

    def stale_flaws(self, flow: Flow) -> None:
        """Writes that rest on reads which others have overtaken."""
        from conclang.explore.monitors import targets

        self.flow = flow
        met: dict[int, Watch] = {}
        follows = self.patiently(lambda: bool(targets(flow, "lost_update")), mood=FINISHING)
        sure = self.facts.whole or follows is False
        # where not all schedules count, both writes have to be followed as well
        for name, reports in () if self.restricted else self.facts.lost.items():
            watch = self._told_of(name, reports, flow)
            if watch is None:
                continue
            if not sure:
                watch = replace(watch, path=replace(watch.path, shortest=False))
            met[cell_of(self.program, watch.cell).base] = watch
        followed = self._followed(flow, "lost_update")
        for base, watch in followed.items():
            if base not in met or _order(watch) < _order(met[base]):
                met[base] = watch
        for base in sorted(met):
            self._add_stale("lost_update", met[base])
        for watch in self._followed(flow, "atomicity").values():
            self._add_stale("atomicity", watch)

    def _told_of(self, name: str, reports: Sequence[Report], flow: Flow) -> Watch | None:
        """What the search saw, step by step; None if there was only time to say that it did."""

        wanted = self.questions.wanted("lost_update")

        def watch() -> Watch | None:
            return self._meeting(self.path(reports), name, flow)

        def untold() -> None:
            path, report = self.bare(reports), shallowest(reports)[0]
            late, early = (self.names.entity(path.end or (), t) for t in report.words[3:5])
            told = f"{late} writes {name} though {early} may have changed it since {late} read it"
            why = Cause(told, (late, early), (name,))
            expected = any(covers(e, "cell", report.words[0]) for e in wanted)
            self.add("lost_update", f"lost update of {name}", path, why, expected, False)

        return self.tell(lambda watch: watch, watch, untold)

    @cached_property
    def _monitors(self) -> Monitors | None:
        """What follows reads through the graph."""
        if self.witnesses is None or self.flow is None:
            return None
        from conclang.explore.monitors import PATIENCE, Monitors

        asked = any(self.questions.speaks_of(kind) for kind in FOLLOWED)
        patience = None if asked else PATIENCE
        return Monitors(self.names, self.witnesses, self.flow, patience, self.patience.check)

    def _followed(self, flow: Flow, flaw: str) -> dict[int, Watch]:
        """By variable what following reads through the graph shows."""
        monitors = self._monitors
        if monitors is None:
            return {}
        found = self.patiently(partial(monitors.find, flaw, self.restricted), flaw)
        ended = found is None
        found = found or monitors.caught()
        if ended or not self.facts.whole or (monitors.left is not None and monitors.left <= 0):
            found = [replace(w, path=replace(w.path, shortest=False)) for w in found]
        return {cell_of(self.program, watch.cell).base: watch for watch in found}

    def _meeting(self, path: Path, name: str, flow: Flow) -> Watch:
        """The two writes that the search saw coming, taken in the bad order."""
        words = list(path.end or ())
        early, late = path.tail or self._writers(words, name, flow)
        cell = self.names.thing(words, late)[1]
        steps = list(path.steps)
        for entity in (early, late):
            for t, branch, fault, _, _, after in self.search.successors(words):
                if t == entity and not fault:
                    steps.append(Step(t, branch, words))
                    words = after
                    break
        from conclang.explore.monitors import Watch

        read = max(i for i, step in enumerate(path.steps) if step.entity == late)
        last = len(steps) - 1
        shown = replace(path, steps=tuple(steps), end=words, tail=(), preemptions=None)
        return Watch(cell, shown, read, last - 1, last)

    def _writers(self, words: list[int], name: str, flow: Flow) -> tuple[int, ...]:
        """Who overtakes and who writes late, at a state that shows both."""
        there = [t for t in range(words[0]) if self._writes(words, t, name)]
        for late in there:
            if self.names.pc(words, late) not in flow.immediate:
                continue
            for early in there:
                same = self.names.thing(words, late) == self.names.thing(words, early)
                if early != late and same and self.search.ways_of(words, early):
                    return early, late
        raise witness.Diverged(name)

    def _writes(self, words: list[int], t: int, name: str) -> bool:
        names = self.names
        if names.status(words, t) != AT or names.kind(names.pc(words, t)) not in WRITING:
            return False
        return cell_of(self.program, names.thing(words, t)[1]).name == name

    def _fewest_stale(self, kind: str, watch: Watch) -> int | None:
        """How few preemptions it takes to show the flaw of this variable."""
        from conclang.explore.monitors import PATIENCE, Monitors

        base = cell_of(self.program, watch.cell).base

        def shown(few: Facts) -> bool | None:
            assert few.graph is not None and self.flow is not None
            names = Names(self.program, few.graph_of)
            ways = Witnesses(few.graph_of, few.graph)
            return Monitors(names, ways, self.flow, PATIENCE, self.patience.check).shows(kind, base)

        return self.ways.fewest(shown)

    def _add_stale(self, kind: str, watch: Watch) -> None:
        why = causes.stale(self.names, watch, kind)
        thing = cell_of(self.program, watch.cell).name
        said = f"lost update of {thing}"
        if kind == "atomicity":
            said = f"atomicity violation: {why.threads[0]} acts on a stale {thing}"
        wanted = self.questions.wanted(kind)
        expected = any(covers(e, "cell", watch.cell) for e in wanted)
        why = replace(why, decisive=(watch.read, watch.change, watch.write))

        def way() -> Path:
            return replace(watch.path, preemptions=self._fewest_stale(kind, watch))

        def make(path: Path) -> None:
            self.add(kind, said, path, why, expected, False)

        self.tell(make, way, lambda: replace(watch.path, known=False))


def _order(watch: Watch) -> tuple[int, int, list[tuple[int, int]]]:
    """Fewest steps first, then fewest switches, then first in order of declaration."""
    path = watch.path
    return len(path.steps), path.switches, [(step.entity, step.branch) for step in path.steps]
