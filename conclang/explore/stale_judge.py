"""Lost updates and atomicity violations judged: writes that rest on reads others have overtaken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from conclang.explore import cause as causes
from conclang.explore import witness
from conclang.explore.cause import Cause
from conclang.explore.facts import Facts
from conclang.explore.flow import WRITING, Flow
from conclang.explore.names import Names
from conclang.explore.patience import Patience
from conclang.explore.property import FOLLOWED, Questions, covers
from conclang.explore.reports import Report
from conclang.explore.result import Finding
from conclang.explore.story import moves
from conclang.explore.values import cell_of
from conclang.explore.witness import Path, Step, Witnesses
from conclang.ir.program import Program
from conclang.record import replace

if TYPE_CHECKING:
    from conclang.explore.monitors import Watch

AT = 1
Answer = TypeVar("Answer")


class StaleJudge:
    """The part of a judge that knows about overtaken reads."""

    program: Program
    names: Names
    facts: Facts
    questions: Questions
    search: Any
    witnesses: Witnesses | None
    flow: Flow | None
    patience: Patience
    findings: list[Finding]

    if TYPE_CHECKING:

        def add(
            self, kind: str, said: str, path: Path | None, why: Cause, expected: bool, fails: bool
        ) -> None: ...
        def path(self, reports: Sequence[Report], fault: int = 0) -> Path: ...
        def patiently(self, ask: Callable[[], Answer], flaw: str = "") -> Answer | None: ...

    def stale_flaws(self, flow: Flow) -> None:
        """Writes that rest on reads which others have overtaken."""
        self.flow = flow
        told = set()
        for name, reports in self.facts.lost.items():
            told.add(name)
            watch = self._meeting(self.path(reports), name, flow)
            self._add_stale("lost_update", watch)
        if self.witnesses is None:
            return
        from conclang.explore.monitors import PATIENCE, Monitors

        asked = any(self.questions.speaks_of(kind) for kind in FOLLOWED)
        patience = None if asked else PATIENCE
        monitors = Monitors(self.names, self.witnesses, flow, patience, self.patience.check)
        for flaw in ("lost_update", "atomicity"):
            for watch in self.patiently(partial(monitors.find, flaw), flaw) or ():
                if flaw == "atomicity" or cell_of(self.program, watch.cell).name not in told:
                    self._add_stale(flaw, watch)

    def _meeting(self, path: Path, name: str, flow: Flow) -> Watch:
        """The two writes that the search saw coming, taken in the bad order."""
        words = list(path.end or ())
        late, early = self._writers(words, name, flow)
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
        return Watch(cell, Path(path.initial, tuple(steps), words), read, last - 1, last)

    def _writers(self, words: list[int], name: str, flow: Flow) -> tuple[int, int]:
        """Who writes late and who overtakes, at a state that shows both."""
        there = [t for t in range(words[0]) if self._writes(words, t, name)]
        for late in there:
            if self.names.pc(words, late) not in flow.immediate:
                continue
            for early in there:
                same = self.names.thing(words, late) == self.names.thing(words, early)
                if early != late and same and self.search.ways_of(words, early):
                    return late, early
        raise witness.Diverged(name)

    def _writes(self, words: list[int], t: int, name: str) -> bool:
        names = self.names
        if names.status(words, t) != AT or names.kind(names.pc(words, t)) not in WRITING:
            return False
        return cell_of(self.program, names.thing(words, t)[1]).name == name

    def _add_stale(self, kind: str, watch: Watch) -> None:
        path, why = watch.path, causes.stale(self.names, watch, kind)
        thing = cell_of(self.program, watch.cell).name
        said = f"lost update of {thing}"
        if kind == "atomicity":
            said = f"atomicity violation: {why.threads[0]} acts on a stale {thing}"
        wanted = self.questions.wanted(kind)
        expected = any(covers(e, "cell", watch.cell) for e in wanted)
        self.add(kind, said, path, why, expected, False)
        steps = (watch.read, watch.change, watch.write)
        told = moves(self.names, path, steps)
        self.findings[-1] = replace(self.findings[-1], moves=told)
