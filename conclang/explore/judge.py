"""From facts to verdicts: every `expect` line judged, every flaw made a finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from conclang.explore import cause as causes
from conclang.explore import witness
from conclang.explore.cause import Cause
from conclang.explore.facts import Facts, shallowest
from conclang.explore.names import Names
from conclang.explore.property import Questions, covers
from conclang.explore.reports import Report
from conclang.explore.result import HOLDS, UNKNOWN, VIOLATED, Finding, Judgement, Value
from conclang.explore.story import moves
from conclang.explore.values import cell_of, shown, text
from conclang.explore.witness import Path, Witnesses
from conclang.ir.errors import message as fault_message
from conclang.ir.ops import OpKind
from conclang.ir.program import Expected, Program

ASSERTION = 15  # FAULT_ASSERTION
AT = 1
ACCESSES = (OpKind.READ, OpKind.WRITE)
Render = Callable[[Path], str]
Timed = Callable[[Expected], str]


class Judge:
    """Judges one program; findings are gathered in `findings`."""

    def __init__(self, program: Program, questions: Questions, facts: Facts) -> None:
        self.program = program
        self.questions = questions
        self.facts = facts
        self.search = facts.found.search
        self.names = Names(program, self.search)
        self.findings: list[Finding] = []
        self.text_of: Render = lambda path: ""
        self.witnesses: Witnesses | None = None
        if facts.graph is not None and facts.graph_of is not None:
            self.witnesses = Witnesses(facts.graph_of, facts.graph)

    # -- witnesses ----------------------------------------------------------------------------

    def path(self, reports: Sequence[Report], fault: int = 0) -> Path:
        """The best schedule to one of the reports' states."""
        best = shallowest(reports)
        if best[0].place is None:
            return self._at_once(fault)
        if self.witnesses is not None and best[0].origin is self.witnesses.search:
            number = self.witnesses.search.number
            targets = [(number(r.place), r.entity if fault else None) for r in best]
            return self.witnesses.to(targets, fault)
        report = best[0]
        detail = (report.words[0], report.words[1], report.entity) if fault else None
        return witness.by_parents(report.origin, report.place, detail)

    def path_to(self, states: Sequence[int]) -> Path:
        """The best schedule to one of the states of the graph."""
        assert self.witnesses is not None
        return self.witnesses.to([(state, None) for state in states])

    def _at_once(self, fault: int) -> Path:
        for index, (code, pc, values, _) in enumerate(self.search.initials()):
            if code == fault:
                return Path(index, (), None, (code, pc, values))
        raise witness.Diverged(fault)

    def add(
        self, kind: str, said: str, path: Path | None, why: Cause, expected: bool, fails: bool
    ) -> None:
        """One more finding."""
        if path is None:
            self.findings.append(Finding(kind, said, why.text, expected, fails))
            return
        finding = Finding(
            kind,
            said,
            why.text,
            expected,
            fails,
            why.threads,
            why.objects,
            why.spans,
            self.text_of(path),
            len(path.steps),
            path.switches,
            witness.preemptions(self.search, path),
            moves(self.names, path, decisive(self.names, path, why)),
            path.loop,
        )
        self.findings.append(finding)

    # -- flaws --------------------------------------------------------------------------------

    def flaws(self) -> None:
        """Errors, deadlocks, leaks and races become findings."""
        self._faults()
        self._deadlocks()
        self._leaks()
        self._races()

    def _faults(self) -> None:
        for (code, pc), reports in self.facts.faults.items():
            path = self.path(reports, code)
            said = self.fault_text(path)
            expected = any(
                e.form == "error" and e.pattern in said for e in self.questions.expectations
            )
            kind = "assertion" if code == ASSERTION else "error"
            who, words = self._actor(path)
            site = self.names.site(pc)
            why = Cause(
                f"{who} fails at `{site.text}` (line {site.line}): {said}",
                (who,) if who else (),
                (),
                (causes.mark_at(self.names, pc, said),),
            )
            self.add(kind, said, path, why, expected, not expected)

    def _actor(self, path: Path) -> tuple[str, Sequence[int]]:
        if not path.steps:
            return "a thread", ()
        step = path.steps[-1]
        return self.names.entity(step.before, step.entity), step.before

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
        path = self.path(self.facts.deadlocks)
        why = causes.deadlock(self.names, path)
        said = "deadlock: nobody can move any more"
        expected = bool(self.questions.wanted("deadlock"))
        self.add("deadlock", said, path, why, expected, self._fails("deadlock"))

    def _leaks(self) -> None:
        facts, states = self.facts, self.facts.stuck
        if not facts.leaks and not states:
            return
        if states and (not facts.leaks or self._depth(states) <= facts.leaks[0].depth):
            path = self.path_to([state for state, _ in states])
        else:
            path = self.path(facts.leaks)
        assert path.end is not None
        stuck = self._stuck_at(path)
        why = causes.leak(self.names, path, stuck)
        who = " and ".join(why.threads)
        said = f"leak: {who} can never move again"
        fails = self._fails("leak") and not self._is_only_deadlock()
        self.add("leak", said, path, why, bool(self.questions.wanted("leak")), fails)

    def _depth(self, states: Sequence[tuple[int, int]]) -> int:
        assert self.facts.graph is not None
        return min(self.facts.graph.depth(state) for state, _ in states)

    def _is_only_deadlock(self) -> bool:
        """Does every schedule of this leak end in a deadlock that is reported anyway?"""
        facts = self.facts
        return bool(facts.deadlocks) and not facts.leaks and not facts.infinite

    def _stuck_at(self, path: Path) -> list[int]:
        """Who is left behind at the end of a path."""
        end = list(path.end or ())
        search = self.witnesses.search if self.witnesses else self.search
        place = search.find(end)
        number = None if place is None else search.number(place)
        found = [t for state, t in self.facts.stuck if state == number]
        threads = self.program.threads
        return found or [
            w.entity
            for w in causes.blocked(self.names, end)
            if not (w.entity < len(threads) and threads[w.entity].attributes.daemon)
        ]

    def _races(self) -> None:
        for name, reports in self.facts.races.items():
            path = self.path(reports)
            one, two = self._racers(path, name)
            why = causes.race(self.names, path, one, two)
            cell = cell_of(self.program, reports[0].words[0])
            wanted = self.questions.wanted("race")
            expected = any(covers(e, "cell", cell.base) for e in wanted)
            self.add("race", f"data race on {name}", path, why, expected, self._fails("race"))

    def _racers(self, path: Path, name: str) -> tuple[int, int]:
        """Who races for a variable at the end of a path: the first such pair."""
        words = path.end or ()
        there = [t for t in range(words[0]) if self._accesses(words, t, name)]
        for two in there:
            for one in there:
                if one < two and self._conflict(words, one, two):
                    return one, two
        raise witness.Diverged(name)

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
                status = timed(expected) if timed else UNKNOWN
                if status == VIOLATED:
                    self._violated(expected, None, "the timed run shows another value")
            else:
                status = getattr(self, "_judge_" + expected.form)(expected)
            line = self.program.sites[expected.site].line
            judged.append(Judgement(expected.text, line, status))
        return judged

    def _violated(self, expected: Expected, path: Path | None, said: str, why: str = "") -> str:
        site = self.program.sites[expected.site]
        label = causes.Mark(site.line, site.column, "violated")
        told = Cause(why or said, (), (), (label,))
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
        path = self.path([report])
        return self._violated(expected, path, said, f"{said}: {self._memory(path.end or ())}")

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
        value, _ = self.search.value(report.origin.words(report.place), code)
        return None if value is None else tuple(value)

    def _judge_finally(self, expected: Expected) -> str:
        bad = []
        for kind, report, _ in self._ends():
            if kind != "finished" or self.value_at(report, expected.code) != (1,):
                bad.append((kind, report))
        if not bad:
            return self._open(HOLDS)
        least = shallowest([report for _, report in bad])
        path = self.path(least)
        kind = next(kind for kind, report in bad if report is least[0])
        ends = "a schedule ends in a deadlock" if kind != "finished" else "false at an end"
        return self._violated(expected, path, ends, f"{ends}: {self._memory(path.end or ())}")

    def _judge_possible(self, expected: Expected) -> str:
        if any(self.value_at(r, expected.code) == (1,) for _, r, _ in self._ends()):
            return HOLDS
        if not self.facts.complete:
            return UNKNOWN
        return self._violated(expected, None, "true at no end")

    def _judge_outcomes(self, expected: Expected) -> str:
        found: dict[tuple[int, ...] | None, Report] = {}
        for _, report, _ in self._ends():
            found.setdefault(self.value_at(report, expected.code), report)
        allowed = set(expected.values)
        extra = [value for value in found if value not in allowed]
        if extra:
            path = self.path(shallowest([found[value] for value in extra]))
            listed = self._listed(expected, extra)
            return self._violated(expected, path, f"there is also {listed}")
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
        return self._violated(expected, self.path([report]), "more are inside at once")

    def _judge_error(self, expected: Expected) -> str:
        for (code, _), reports in self.facts.faults.items():
            if expected.pattern in self.fault_text(self.path(reports, code)):
                return HOLDS
        if not self.facts.complete:
            return UNKNOWN
        return self._violated(expected, None, "no schedule ends in such an error")

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
        from dataclasses import replace

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
        found = [f for f in self.findings if f.kind == expected.flaw and self._means(expected, f)]
        return bool(found)

    def _judge_eventually(self, expected: Expected) -> str:
        return self._endless(expected)

    def _judge_leads_to(self, expected: Expected) -> str:
        return self._endless(expected)

    def _endless(self, expected: Expected) -> str:
        return UNKNOWN

    # -- values -------------------------------------------------------------------------------

    def _memory(self, words: Sequence[int]) -> str:
        """The variables of a state in one line."""
        memory = self.names.memory(words)
        told = []
        for cell in self.program.cells:
            part = memory[cell.base : cell.base + len(cell.initial)]
            told.append(f"{cell.name} = {text(shown(self.program, cell.shape, part))}")
        return ", ".join(told)

    def outcome_key(self) -> Expected | None:
        """The line whose expression `outcomes` of the result lists."""
        return next((e for e in self.questions.expectations if e.form == "outcomes"), None)

    def outcome(self, report: Report, memory: Sequence[int]) -> tuple[tuple[str, Value], ...]:
        """What an end came to, by name."""
        from conclang.explore.values import final_values

        line = self.outcome_key()
        if line is None or line.shape is None:
            return final_values(self.program, memory)
        value = self.value_at(report, line.code)
        return ((line.key, None if value is None else shown(self.program, line.shape, value)),)


def decisive(names: Names, path: Path, why: Cause) -> list[int]:
    """The last step of each thread that the cause speaks of."""
    last: dict[str, int] = {}
    for index, step in enumerate(path.steps):
        last[names.entity(step.before, step.entity)] = index
    return sorted(index for who, index in last.items() if who in why.threads)


def summary(judgements: Sequence[Judgement], findings: Sequence[Finding], limit: Any) -> str:
    """The verdict over everything."""
    if any(j.status == VIOLATED for j in judgements) or any(f.fails for f in findings):
        return VIOLATED
    if limit is not None or any(j.status == UNKNOWN for j in judgements):
        return UNKNOWN
    return HOLDS
