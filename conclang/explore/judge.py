"""From facts to verdicts: every `expect` line judged, every flaw made a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from conclang.explore import cause as causes
from conclang.explore import witness
from conclang.explore.cause import Cause
from conclang.explore.deciding import END_TEXTS, last_writes
from conclang.explore.facts import Facts, shallowest
from conclang.explore.flow import Flow
from conclang.explore.guarding import Guarding
from conclang.explore.inside import CROWD, crowd, those_inside
from conclang.explore.liveness_judge import EndlessJudge
from conclang.explore.names import Names
from conclang.explore.patience import FINISHING, Enough, Patience
from conclang.explore.property import ENDLESS, Questions, covers
from conclang.explore.reports import FAILED, Report
from conclang.explore.result import HOLDS, UNKNOWN, VIOLATED, Finding, Judgement, Mark, Value
from conclang.explore.stale_judge import StaleJudge
from conclang.explore.values import cell_of, final_values, shown, text
from conclang.explore.waiting import blocked
from conclang.explore.ways import Asks
from conclang.explore.witness import Path, Step, Witnesses
from conclang.explore.wording import Render
from conclang.ir.errors import message as fault_message
from conclang.ir.ops import OpKind
from conclang.ir.program import Expected, Program
from conclang.record import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from conclang.explore.under import Under

    Answer = TypeVar("Answer")

MOST_STUCK = 256
"""States of a reduced search from which somebody is left behind that are looked at."""
ASSERTION = 15  # FAULT_ASSERTION
AT = 1
ACCESSES = (OpKind.READ, OpKind.WRITE)
Timed = Callable[[Expected], str]


class Judge(EndlessJudge, StaleJudge):
    """Judges one program; findings are gathered in `findings`."""

    def __init__(
        self, program: Program, questions: Questions, facts: Facts, patience: Patience
    ) -> None:
        self.program = program
        self.patience = patience
        self.limit: str | None = None  # that ended a question before its answer
        self.given_up: set[str] = set()  # flaws that were not looked for to the end
        self.questions = questions
        self.facts = facts
        self.search = facts.found.search
        self.names = Names(program, self.search)
        self.findings: list[Finding] = []
        self.text_of: Render = lambda path: ""
        self.fairness = "weak"
        self._liveness = None
        self.flow: Flow | None = None
        self.asks = Asks()
        self.under: Under | None = None
        self.restricted = False  # are some schedules left out on purpose?
        self.witnesses: Witnesses | None = None
        if facts.graph is not None and facts.graph_of is not None:
            self.witnesses = Witnesses(facts.graph_of, facts.graph)

    @cached_property
    def guarding(self) -> Guarding:
        return Guarding(self.program)

    # -- flaws --------------------------------------------------------------------------------

    def flaws(self) -> None:
        """Errors, deadlocks, leaks and races become findings."""
        self._faults()
        self._deadlocks()
        self._leaks()
        self._races()

    def _faults(self) -> None:
        for (code, _), reports in self.facts.faults.items():
            self.reported(partial(self._fault, code, reports), reports, code)

    def _fault(self, code: int, reports: Sequence[Report], path: Path) -> None:
        from conclang.explore.failing import failing

        said = self.fault_text(path)
        expected = any(e.form == "error" and e.pattern in said for e in self.questions.expectations)
        kind = "assertion" if code == ASSERTION else "error"
        assert self.flow is not None
        why = failing(self.names, path, self.flow, self._actor(path, reports), said)
        self.add(kind, said, path, why, expected, not expected)

    def _actor(self, path: Path, reports: Sequence[Report]) -> str:
        """Who takes the step that fails, or the code before its first step."""
        if not path.known:
            return self.names.entity(path.end or (), reports[0].words[2])
        if not path.steps:
            return self.program.threads[reports[0].words[2]].name
        step = path.steps[-1]
        return self.names.entity(step.before, step.entity)

    def fault_text(self, path: Path) -> str:
        """The message of the fault that a path ends in."""
        assert path.fault is not None
        code, pc, values = path.fault
        if code != ASSERTION:
            return fault_message(code, values)
        number = self.program.ops[pc].b
        said = self._template(number, values)
        return f"assertion failed: {said}" if said else "assertion failed"

    def _template(self, number: int, values: Sequence[int]) -> str:
        if not 0 <= number < len(self.program.messages):
            return ""
        parts, at = [], 0
        for part in self.program.messages[number].parts:
            if part.shape is None:
                parts.append(part.text)
                continue
            words = values[at : at + part.shape.width]
            at += part.shape.width
            if len(words) == part.shape.width:
                value = shown(self.program, part.shape, words)
                parts.append(value if isinstance(value, str) else text(value))
            else:
                parts.append("…")
        return "".join(parts)

    def _deadlocks(self) -> None:
        if not self.facts.deadlocks:
            return
        said = "deadlock: nobody can move any more"
        expected = bool(self.questions.wanted("deadlock"))

        def make(path: Path) -> None:
            why = causes.deadlock(self.names, path)
            self.add("deadlock", said, path, why, expected, self._fails("deadlock"))

        self.reported(make, self.facts.deadlocks)

    def _leaks(self) -> None:
        facts = self.facts
        if not facts.leaks and not facts.stuck:
            return
        if self._is_only_deadlock() and not self.questions.speaks_of("leak"):
            return
        self.tell(self._leak, self._leak_path, self._leak_end)

    def _leak(self, found: tuple[Path, list[int]]) -> None:
        path, stuck = found
        why = causes.leak(self.names, path, stuck)
        who = " and ".join(why.threads)
        said = f"leak: {who} can never move again"
        expected = bool(self.questions.wanted("leak"))
        self.add("leak", said, path, why, expected, self._fails("leak"))

    def _leak_path(self) -> tuple[Path, list[int]]:
        """The earliest state from which somebody is left behind for certain, and who."""
        facts = self.facts
        paths: list[tuple[Path, list[int]]] = []
        if facts.leaks:
            path = self.path(facts.leaks)
            paths.append((path, self._left_at(path)))
        if facts.stuck and facts.stuck_in is not None:
            search = facts.stuck_in.search
            places: dict[int, list[int]] = {}
            for place, entity in facts.stuck:
                places.setdefault(place, []).append(entity)
            if self.witnesses is not None and search is self.witnesses.search:
                nearest = [search.number(place) for place in facts.nearest_stuck(places)]
                path = self.ways.to(nearest, [search.number(place) for place in places])
                paths.append((path, self._left_at(path)))
            else:
                first = list(places.items())[:MOST_STUCK]
                paths += [(self._certain(place, who), who) for place, who in first]
        return min(paths, key=lambda found: (len(found[0].steps), found[0].switches))

    def _leak_end(self) -> tuple[Path, list[int]]:
        """A state from which somebody is left behind, and who, without the way to it."""
        if self.facts.leaks:
            path = self.bare(self.facts.leaks)
            return path, self._left_at(path)
        assert self.facts.stuck_in is not None
        first = self.facts.stuck[0][0]
        words = self.facts.stuck_in.search.words(first)
        who = [t for place, t in self.facts.stuck if place == first]
        return Path(0, (), words, known=False), who

    def _certain(self, place: int, who: Sequence[int]) -> Path:
        """The way to a state of a reduced search, cut where its last fused step begins to count.

        What others do after the first step of such a step cannot change who is left behind.
        """
        found = self.facts.stuck_in
        assert found is not None
        path, before = witness.by_parents(found.search, place), found.search.parent(place)
        path = replace(path, shortest=False)
        if before is None:
            return path
        last = len(witness.by_parents(found.search, before).steps) + 1
        if last >= len(path.steps) or path.steps[-1].entity in who:
            return path
        return replace(path, steps=path.steps[:last], end=path.steps[last].before)

    def _left_at(self, path: Path) -> list[int]:
        """Who is left behind at the end of a path."""
        end, facts = list(path.end or ()), self.facts
        if facts.stuck_in is not None:
            place = facts.stuck_in.search.find(end)
            found = [t for where, t in facts.stuck if where == place]
            if found:
                return found
        threads = self.program.threads
        return [
            w.entity
            for w in blocked(self.names, end)
            if not (w.entity < len(threads) and threads[w.entity].attributes.daemon)
        ]

    def _is_only_deadlock(self) -> bool:
        """Does every schedule of this leak end in a deadlock that is reported anyway?"""
        facts = self.facts
        return bool(facts.deadlocks) and not facts.leaks and not facts.infinite

    def _races(self) -> None:
        for name, reports in self.facts.races.items():
            self.reported(partial(self._race, name, reports), reports)

    def _race(self, name: str, reports: Sequence[Report], path: Path) -> None:
        one, two = self._racers(path, name, reports)
        guarding = self.guarding if path.known else None  # for whom there is no time otherwise
        why = causes.race(self.names, path, (one, two), name, guarding)
        cell = cell_of(self.program, reports[0].words[0])
        wanted = self.questions.wanted("race")
        expected = any(covers(e, "cell", cell.base) for e in wanted)
        self.add("race", f"data race on {name}", path, why, expected, self._fails("race"))

    def _racers(self, path: Path, name: str, reports: Sequence[Report]) -> tuple[int, int]:
        """Who races for a variable at the end of a path: the first such pair."""
        words = path.end or ()
        there = [t for t in range(words[0]) if self._accesses(words, t, name)]
        for two in there:
            for one in there:
                if one < two and self._conflict(words, one, two):
                    return one, two
        best = shallowest(reports)[0]  # one of them is inside an indivisible block
        return best.words[3], best.words[4]

    def _accesses(self, words: Sequence[int], t: int, name: str) -> bool:
        """Is an entity about to read or write an element of this variable?"""
        names = self.names
        if names.status(words, t) != AT or names.kind(names.pc(words, t)) not in ACCESSES:
            return False
        return cell_of(self.program, names.thing(words, t)[1]).name == name

    def _conflict(self, words: Sequence[int], one: int, two: int) -> bool:
        kinds = [self.names.kind(self.names.pc(words, t)) for t in (one, two)]
        same = self.names.thing(words, one) == self.names.thing(words, two)
        return same and OpKind.WRITE in kinds

    def _fails(self, flaw: str) -> bool:
        return self.questions.fails(flaw)

    # -- expect lines -------------------------------------------------------------------------

    def judgements(self, timed: Timed | None) -> list[Judgement]:
        """All `expect` lines, in order."""
        judged = []
        for expected in self.questions.expectations:
            if expected.form == "timed":
                status = self._by_the_clock(expected, timed)
            else:
                status = self._status(getattr(self, "_judge_" + expected.form), expected)
            line = self.program.sites[expected.site].line
            judged.append(Judgement(expected.text, line, status))
        return judged

    def _by_the_clock(self, expected: Expected, timed: Timed | None) -> str:
        """A line about a timed run."""
        status = self.patiently(lambda: timed(expected)) if timed else UNKNOWN
        if status == VIOLATED:
            self._violated(expected, None, "the timed run shows another value")
        return status or UNKNOWN

    def _status(self, judge: Callable[[Expected], str], expected: Expected) -> str:
        """What became of a line; unknown if there was no time to say, and nothing was found."""
        before = len(self.findings)
        try:
            return self.patience.ask(lambda: judge(expected), FINISHING)
        except Enough as enough:
            self.limit = self.limit or enough.limit
            return VIOLATED if len(self.findings) > before else UNKNOWN

    def _violated(
        self,
        expected: Expected,
        path: Path | None,
        said: str,
        why: str = "",
        steps: tuple[int, ...] = (),
    ) -> str:
        site = self.program.sites[expected.site]
        label = Mark(site.line, site.column, "violated")
        told = Cause(why or said, (), (), (label,), steps)
        self.add("expectation", f"{expected.text}: {said}", path, told, False, True)
        return VIOLATED

    def _open(self, status: str) -> str:
        """A status that only a complete search can give."""
        return status if self.facts.complete else UNKNOWN

    def _truth(self, expected: Expected, wanted: int) -> Report | None:
        return self.facts.truths.get((self.questions.predicate(expected.code), wanted))

    def _judge_always(self, expected: Expected) -> str:
        return self._in_every_state(expected, 0, "false in a reachable state")

    def _judge_never(self, expected: Expected) -> str:
        return self._in_every_state(expected, 1, "true in a reachable state")

    def _in_every_state(self, expected: Expected, bad: int, said: str) -> str:
        report = self._truth(expected, bad)
        if report is None:
            report, said = self._truth(expected, -1), "cannot be computed in a reachable state"
        if report is None:
            return self._open(HOLDS)

        def make(path: Path) -> str:
            end = path.end or ()
            steps = last_writes(self.names, path, expected.code, end) if end else ()
            return self._violated(expected, path, said, f"{said}: {self._memory(end)}", steps)

        return self.reported(make, [report])

    def _judge_reachable(self, expected: Expected) -> str:
        if self._truth(expected, 1) is not None:
            return HOLDS
        if not self.facts.complete:
            return UNKNOWN
        return self._violated(expected, None, "true in no reachable state")

    def _ends(self) -> list[tuple[str, Report, Sequence[int]]]:
        return [(kind, report, memory) for (kind, memory), report in self.facts.ends.items()]

    def value_at(self, report: Report, code: int) -> tuple[int, ...] | None:
        """An expectation's value in the state of a report."""
        value, _ = self.search.value(self.words_at(report), code)
        return None if value is None else tuple(value)

    def _judge_finally(self, expected: Expected) -> str:
        bad = [
            (kind, report)
            for kind, report, _ in self._ends()
            if kind == "deadlocked" or self.value_at(report, expected.code) != (1,)
        ]
        if not bad:
            return self._open(HOLDS)
        # the step that fails is one more than leads to its state
        kind = min(bad, key=lambda end: (end[1].depth + (end[0] == "failed"), end[0]))[0]
        reports = [report for k, report in bad if k == kind]
        every = self.facts.like(report for _, report in bad)
        return self._violated_at_end(expected, reports, every, f"{END_TEXTS[kind]}: ")

    def _violated_at_end(
        self, expected: Expected, reports: Sequence[Report], every: Sequence[Report], told: str
    ) -> str:
        """Shows the way to an end, with the last writes to what the line reads.

        What is `told` is the message and what links it to the values at the end.
        """
        said = told.rstrip(": ").removesuffix(", as here")

        def make(path: Path) -> str:
            end = path.end or self._broken(path)
            steps = last_writes(self.names, path, expected.code, end)
            return self._violated(expected, path, said, told + self._memory(end), steps)

        return self.tell(
            make, lambda: self._path_to_end(reports, every), lambda: self.bare(reports)
        )

    def _path_to_end(self, reports: Sequence[Report], every: Sequence[Report]) -> Path:
        """The way to an end; a failed one is shown with the step that fails."""
        reports = self.facts.like(reports)
        near = shallowest(reports)
        if near[0].kind != FAILED:
            return self.path([r for r in reports if r.kind != FAILED], 0, every or reports)
        if near[0].place is None:
            return self._at_once(near[0])
        path = self.path([r for r in near if r.kind == FAILED], 0, every or reports)
        words, machine = list(path.end or ()), self.names.machine
        wanted = {report.words for report in near}
        for t, branch, fault, pc, values, after in self.search.successors(words):
            memory = tuple(after[machine.cells : machine.locks])
            if fault and memory in wanted and path.tail in ((), (t,)):
                steps = (*path.steps, Step(t, branch, words))
                return replace(path, steps=steps, end=None, fault=(fault, pc, values))
        raise witness.Diverged(near[0].place)

    def _broken(self, path: Path) -> Sequence[int]:
        """What a schedule leaves whose last step fails."""
        after: list[int]
        if not path.steps:
            after = list(self.search.initials())[path.initial][3]
            return after
        last = path.steps[-1]
        for t, branch, fault, _, _, after in self.search.successors(list(last.before)):
            if fault and (t, branch) == (last.entity, last.branch):
                return after
        raise witness.Diverged(last.entity)

    def _at_once(self, report: Report) -> Path:
        """The schedule without any step, which fails."""
        machine = self.names.machine
        for index, (code, pc, values, words) in enumerate(self.search.initials()):
            if code and tuple(words[machine.cells : machine.locks]) == report.words:
                return Path(index, (), None, (code, pc, values))
        raise witness.Diverged(report.place)

    def _judge_possible(self, expected: Expected) -> str:
        if any(self.value_at(r, expected.code) == (1,) for _, r, _ in self._ends()):
            return HOLDS
        if not self.facts.complete:
            return UNKNOWN
        return self._violated(expected, None, "true at no end")

    def _judge_outcomes(self, expected: Expected) -> str:
        found: dict[tuple[int, ...] | None, list[Report]] = {}
        for _, report, _ in self._ends():
            found.setdefault(self.value_at(report, expected.code), []).append(report)
        allowed = set(expected.values)
        extra = [value for value in found if value not in allowed]
        if extra:
            said = f"there is also {self._listed(expected, extra)}"
            reports = [r for value in extra for r in found[value]]
            return self._violated_at_end(expected, reports, (), f"{said}, as here: ")
        missing = [value for value in expected.values if value not in found]
        if not missing:
            return self._open(HOLDS)
        if not self.facts.complete:
            return UNKNOWN
        return self._violated(expected, None, f"never {self._listed(expected, missing)}")

    def _listed(self, expected: Expected, values: Sequence[tuple[int, ...] | None]) -> str:
        assert expected.shape is not None
        known = sorted(value for value in values if value is not None)
        told = [text(shown(self.program, expected.shape, value)) for value in known]
        return ", ".join(told + ["a value that cannot be computed"] * (len(values) > len(known)))

    def _judge_at_most(self, expected: Expected) -> str:
        report = self.facts.sections.get(self.questions.section(expected))
        if report is None:
            return self._open(HOLDS)

        def make(path: Path) -> str:
            if not path.known:
                return self._violated(expected, path, CROWD)
            inside = those_inside(self.names, path, expected.section)
            came = tuple(sorted({step for step in inside.values() if step >= 0}))
            return self._violated(expected, path, crowd(self.names, path, inside), "", came)

        return self.reported(make, [report])

    def _judge_error(self, expected: Expected) -> str:
        for (code, _), reports in self.facts.faults.items():
            if self.reported(partial(self._says, expected.pattern), reports, code):
                return HOLDS
        if not self.facts.complete:
            return UNKNOWN
        return self._violated(expected, None, "no schedule ends in such an error")

    def _says(self, pattern: str, path: Path) -> bool:
        return pattern in self.fault_text(path)

    def _judge_flaw(self, expected: Expected) -> str:
        there = self._seen(expected)
        if there is None:
            return UNKNOWN
        if expected.forbidden:
            if there:
                self._blame(expected)
                return VIOLATED
            return self._open(HOLDS)
        if there:
            return HOLDS
        if not self.facts.complete:
            return UNKNOWN
        return self._violated(expected, None, "no schedule shows it")

    def _blame(self, expected: Expected) -> None:
        """A flaw that a line forbids fails the check."""
        self.findings = [
            replace(f, fails=True) if f.kind == expected.flaw and self._means(expected, f) else f
            for f in self.findings
        ]

    def _means(self, expected: Expected, finding: Finding) -> bool:
        if expected.target is None:
            return True
        name = expected.target_name
        return any(o == name or o.startswith(f"{name}[") for o in finding.objects)

    def _seen(self, expected: Expected) -> bool | None:
        """Was a flaw of this kind found? None: it was not looked for."""
        facts = self.facts
        if expected.flaw == "deadlock":
            return bool(facts.deadlocks)
        if expected.flaw == "leak":
            return bool(facts.leaks or facts.stuck)
        if expected.flaw == "race":
            cells = [cell_of(self.program, r[0].words[0]).base for r in facts.races.values()]
            return any(covers(expected, "cell", base) for base in cells)
        there = any(f.kind == expected.flaw and self._means(expected, f) for f in self.findings)
        if there or (self.facts.whole and expected.flaw not in self.given_up):
            return there
        if expected.flaw in self.given_up:
            return None
        return None if expected.flaw in ENDLESS or self._to_follow(expected.flaw) else False

    def _to_follow(self, flaw: str) -> bool:
        """Could there be more of a flaw than the search sees by itself?"""
        from conclang.explore.monitors import targets

        return self.flow is None or bool(targets(self.flow, flaw, self.restricted))

    # -- values -------------------------------------------------------------------------------

    def _memory(self, words: Sequence[int]) -> str:
        """The variables of a state in one line."""
        memory = self.names.memory(words)
        told = []
        for cell in self.program.cells if words else ():
            part = memory[cell.base : cell.base + len(cell.initial)]
            told.append(f"{cell.name} = {text(shown(self.program, cell.shape, part))}")
        return ", ".join(told)

    def outcome_key(self) -> Expected | None:
        """The line whose expression `outcomes` of the result lists."""
        return next((e for e in self.questions.expectations if e.form == "outcomes"), None)

    def outcome_of(self, words: list[int]) -> tuple[tuple[str, Value], ...]:
        """What a schedule that ends in this state came to, by name."""
        line = self.outcome_key()
        if line is None or line.shape is None:
            return final_values(self.program, self.names.memory(words))
        value, _ = self.search.value(words, line.code)
        return ((line.key, None if value is None else shown(self.program, line.shape, value)),)


def summary(judgements: Sequence[Judgement], findings: Sequence[Finding], limit: Any) -> str:
    """The verdict over everything."""
    if any(j.status == VIOLATED for j in judgements) or any(f.fails for f in findings):
        return VIOLATED
    if limit is not None or any(j.status == UNKNOWN for j in judgements):
        return UNKNOWN
    return HOLDS
