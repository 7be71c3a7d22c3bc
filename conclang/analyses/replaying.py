"""Replay: the same choices once more, and where they lead elsewhere if the file has changed.

A timed schedule says all that its run depends on, so the run is done again and its choices are
compared with the listed ones, one by one. An untimed one is stepped through on the machine of
`check`; each step must be possible. Its events carry the number of the step as their tick.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from conclang.analyses.finding import HOLDS, UNKNOWN, VIOLATED, Finding, Judged
from conclang.analyses.metrics import Metrics
from conclang.analyses.places import Places
from conclang.analyses.problems import marked
from conclang.analyses.runner import (
    Listener,
    Printed,
    Request,
    RunResult,
    capacities,
    header_of,
    run_program,
    value_of_shape,
)
from conclang.analyses.stuck import Stuck, stuck_findings
from conclang.analyses.watch import Watch
from conclang.events.event import Event
from conclang.events.schedule import Choice, Schedule, checksum_next
from conclang.events.trace import Outcome
from conclang.ir import errors
from conclang.ir.ops import OPS, OpKind
from conclang.ir.program import Program
from conclang.machine import opcodes as op
from conclang.machine.meeting import Access, Meetings
from conclang.machine.state import Machine
from conclang.machine.telling import Names, told
from conclang.machine.world import World
from conclang.record import record, replace

SIDE_OF_TARGET = {"entity": "end", "cell": "memory"}


@record
class Replayed:
    """What happened, and what did not happen as written; position counts choices from 1."""

    result: RunResult
    position: int = 0
    divergence: str = ""


# -- timed ---------------------------------------------------------------------------------------


class Comparison:
    """Compares choices with the listed ones while they are made."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.position = 0
        self.checksum = 0
        self.different = 0
        self.made: Choice | None = None

    def see(self, choice: Choice) -> None:
        listed = self.schedule.choices
        self.checksum = checksum_next(self.checksum, choice)
        if self.position < len(listed) and not self.different and listed[self.position] != choice:
            self.different, self.made = self.position + 1, choice
        self.position += 1

    def divergence(self, name: Callable[[int], str]) -> tuple[int, str]:
        """Where, and in words how."""
        listed, total = self.schedule.choices, len(self.schedule.choices) + self.schedule.more
        if self.different and self.made is not None:
            wanted = listed[self.different - 1]
            return self.different, (
                f"choice {self.different} was {_choice(wanted, name)}, "
                f"now it is {_choice(self.made, name)}"
            )
        if self.position != total:
            fewer = "ends earlier" if self.position < total else "goes on longer"
            return min(self.position, total) + 1, (
                f"the run {fewer}: {self.position} choices instead of {total}"
            )
        if self.schedule.more and self.checksum != self.schedule.checksum:
            return len(listed) + 1, f"somewhere after choice {len(listed)} it goes another way"
        return 0, ""


def _choice(choice: Choice, name: Callable[[int], str]) -> str:
    who = name(choice.thread)
    if choice.branch >= 0:
        return f"{who} drawing {choice.branch}"
    return f"{who} on core {choice.core}"


def replay_timed(
    program: Program, schedule: Schedule, request: Request, listener: Listener | None = None
) -> Replayed:
    """Run as the schedule says and compare."""
    comparison = Comparison(schedule)
    result = run_program(program, request, listener, chosen=comparison.see)
    names = [thread.name for thread in program.threads]

    def name(number: int) -> str:
        return names[number] if number < len(names) else f"thread {number}"

    position, words = comparison.divergence(name)
    return Replayed(result, position, words)


# -- untimed -------------------------------------------------------------------------------------


def fitting(program: Program, schedule: Schedule) -> Program:
    """The program whose steps a schedule lists."""
    if schedule.fused:
        return program
    from conclang.ir.apart import apart

    return apart(program)


class Stepper:
    """Steps through an untimed schedule."""

    def __init__(self, program: Program, schedule: Schedule, listener: Listener | None) -> None:
        self.program = program
        self.schedule = schedule
        machine: Any = Machine(program)
        self.world: Any = World(machine)
        self.names = Names(program, self.entity_name)
        self.labels = [thread.name for thread in program.threads]
        self.counts: dict[str, int] = {}
        self.listener = listener
        self.watch = Watch(header_of(program, Request()), capacities(program))
        self.seq = 0
        self.tick = 0
        self.output: list[Printed] = []
        self.inside: dict[str, int] = {}
        self.violated: dict[int, str] = {}
        self.fault: tuple[int, int, int, tuple[int, ...]] | None = None
        self.message = ""
        self.tap: Tap | None = None  # is shown every state on the way

    def entity_name(self, number: int) -> str:
        while number >= len(self.labels) and number < self.world.count:
            code = self.program.codes[self.world.code(len(self.labels))].name
            self.counts[code] = self.counts.get(code, 0) + 1
            self.labels.append(f"{code}#{self.counts[code]}")
        return self.labels[number] if 0 <= number < len(self.labels) else f"entity {number}"

    def go(self) -> tuple[int, str]:
        """All steps; the position of the first that cannot be taken, and why."""
        self.world.logging = True
        problem = self._boot()
        if problem:
            return 1, problem
        loop, begun = self.schedule.loop, None
        self._show()
        for position, choice in enumerate(self.schedule.choices, start=1):
            if position == loop + 1:
                begun = self.world.key()
            if self.fault is not None:
                return position, "the program has failed before this step"
            problem = self._step(choice)
            if problem:
                return position, problem
            self._show()
        if begun is not None and (self.fault is not None or begun != self.world.key()):
            return len(self.schedule.choices), (
                f"the steps from {loop + 1} on do not lead back to where they began"
            )
        return 0, ""

    def _show(self) -> None:
        if self.tap is not None:
            self.tap(self)

    def _boot(self) -> str:
        digits: tuple[int, ...] = ()
        for _ in range(self.schedule.initial + 1):
            fault = self.world.boot(digits)
            following = self.world.next_digits()
            digits = following if following is not None else ()
            if following is None and _ < self.schedule.initial:
                return f"there is no initial state {self.schedule.initial}"
        # the chooses were counted past the wanted one: take it again
        return self._again(fault)

    def _again(self, fault: int) -> str:
        digits: tuple[int, ...] = ()
        for count in range(self.schedule.initial + 1):
            fault = self.world.boot(digits)
            if count < self.schedule.initial:
                digits = self.world.next_digits() or ()
        self._after(fault)
        return ""

    def _step(self, choice: Choice) -> str:
        """Take a step; why not, if it is impossible."""
        t, world = choice.thread, self.world
        if t >= world.count:
            return f"there is no thread or task number {t + 1} yet"
        name = self.entity_name(t)
        if not world.options(t):
            if world.status(t) == op.FINISHED:
                return f"{name} has finished"
            return f"{name} cannot move: it waits"
        found = self._branch(t, choice.branch)
        if found is None:
            return f"{name} has no branch {choice.branch} here"
        self.tick += 1
        way, digits = found
        self._after(world.take(t, way, digits))
        return ""

    def _branch(self, t: int, wanted: int) -> tuple[int, tuple[int, ...]] | None:
        """The alternative and choices of a branch number; the first need no search."""
        if wanted == 0:
            return 0, ()
        count = 0
        for way in range(self.world.options(t)):
            digits: tuple[int, ...] | None = ()
            while digits is not None:
                if count == wanted:
                    return way, digits
                trial = self.world.twin()
                trial.take(t, way, digits)
                digits = trial.next_digits()
                count += 1
        return None

    def _after(self, fault: int) -> None:
        """Tell what the step did, and look at the expectations."""
        for note in self.world.log:
            self._tell(note)
        if fault:
            self.fault = self.world.fault
            assert self.fault is not None
            code, _, _, values = self.fault
            self.message = errors.message(code, values)
            if code == op.FAULT_ASSERTION:
                for record in self.world.log:
                    if record[0] == op.ASSERT and record[3] >= 0:
                        text = self.names.fill(self.program.messages[record[3]], record[4:])
                        self.message += f": {text}" if text else ""
            return
        for number, expected in enumerate(self.program.expectations):
            if expected.form not in ("always", "never") or number in self.violated:
                continue
            words = self.world.judge(expected.code)
            if words is not None and bool(words[0]) != (expected.form == "always"):
                self.violated[number] = f"after step {self.tick}"

    def _tell(self, record: list[int]) -> None:
        name = self.entity_name(record[1])
        for kind, thing, value in told(self.names, record):
            who = name
            if kind == "receive" and record[0] == op.SEND and record[4] >= 0:
                who = self.entity_name(record[4])
            if kind == "print":
                self.output.append(Printed(self.tick, who, str(value)))
            self.emit(who, kind, thing, value, self.names.site(record[2]))
            if kind in ("enter", "leave"):
                change = 1 if kind == "enter" else -1
                self.inside[thing] = self.inside.get(thing, 0) + change
                self._count(thing)

    def _count(self, section: str) -> None:
        for number, expected in enumerate(self.program.expectations):
            if expected.form == "at_most":
                named = self.program.things["section"][expected.section].name
                if named == section and self.inside[section] > expected.limit:
                    self.violated.setdefault(number, f"after step {self.tick}")

    def emit(self, thread: str, kind: str, thing: str, value: int | str | None, site: int) -> None:
        event = Event(self.seq, self.tick, -1, thread, kind, thing, value, site)
        self.seq += 1
        self.watch.see(event)
        if self.listener is not None:
            self.listener(event)

    # -- the end ---------------------------------------------------------------------------------

    def state(self) -> str:
        """completed, deadlocked, failed, or limit: the schedule ends before the program does."""
        if self.fault is not None:
            return "failed"
        world = self.world
        entities = range(world.count)
        if any(world.options(t) or world.status(t) == op.SPINNING for t in entities):
            return "limit"
        daemons = [t.attributes.daemon for t in self.program.threads]
        for t in range(world.count):
            counts = t >= len(daemons) or not daemons[t]
            if counts and world.status(t) != op.FINISHED:
                return "deadlocked"
        return "completed"

    def block_all(self) -> list[str]:
        """Tell who waits for what at the end; the names of those who count."""
        waiting = []
        for t in range(self.world.count):
            if self.world.status(t) == op.FINISHED or self.world.options(t):
                continue
            name = self.entity_name(t)
            what, thing, site = self.wait_of(t)
            self.emit(name, "block", thing, what, site)
            if t >= len(self.program.threads) or not self.program.threads[t].attributes.daemon:
                waiting.append(name)
        return waiting

    def wait_of(self, t: int) -> tuple[str, str, int]:
        world = self.world
        status, pc = world.status(t), world.pc(t)
        kind = int(self.program.ops[pc].kind)
        site = self.names.site(pc)
        if kind == op.RETAKE or status == op.URGENT:
            if status == op.ASLEEP:
                return "condition", self._condition(pc), site
            return "lock", self.names.thing("lock", world.wanted_lock(t)), site
        target = OPS[kind].target
        if kind == op.SELECT:
            return "select", "select", site
        if status == op.ASLEEP:
            return "condition", self._condition(pc), site
        if kind in (op.JOIN, op.AWAIT):
            return "end", self.entity_name(world.operand(t) - 1), site
        return target, self.names.thing(target, world.operand(t)), site

    def _condition(self, pc: int) -> str:
        micro = self.program.ops[pc if int(self.program.ops[pc].kind) == op.WAIT else pc - 1]
        if micro.a < 0:
            return self.names.thing("condition", self.program.constants[~micro.a])
        return "a condition"

    def races(self) -> list[Finding]:
        """Two threads that stand at conflicting accesses of one cell."""
        places = Places(self.program)
        met: dict[int, Finding] = {}
        for pair in Meetings(self.program).pairs(self.world):
            cell = pair[0].cell
            if cell not in met:
                met[cell] = replace(self._race(places, self.names.cell(cell), pair), tick=self.tick)
        return [race for _, race in sorted(met.items())]

    def _race(self, places: Places, name: str, pair: tuple[Access, Access]) -> Finding:
        """Who writes comes first; what a block does may be all that is known of it."""
        those = sorted(pair, key=lambda access: not access.writes)
        who = tuple(self.entity_name(access.entity) for access in those)
        sites = [self.names.site(access.pc) for access in those]
        words = [
            f"{n} is about to {_doing(access)} {name} (line {places.line(site)})"
            for n, access, site in zip(who, those, sites, strict=True)
        ]
        return Finding(
            "race",
            f"race on {name}: {' and '.join(who)}",
            f"{words[0]}, {words[1]}, and nothing decides who comes first.",
            threads=who,
            objects=(name,),
            spots=tuple(
                places.spot(site, f"{n} is here") for n, site in zip(who, sites, strict=True)
            ),
        )


def _doing(access: Access) -> str:
    deed = "write" if access.writes else "read"
    return f"take an indivisible block that {deed}s" if access.block else deed


Tap = Callable[[Stepper], None]


def replay_untimed(
    program: Program,
    schedule: Schedule,
    listener: Listener | None = None,
    tap: Tap | None = None,
) -> Replayed:
    """Step through it and say what is there at the end; `tap` sees the state after each step."""
    from conclang.analyses.problems import failure, told_in_run

    program = fitting(program, schedule)
    stepper = Stepper(program, schedule, listener)
    stepper.tap = tap
    position, problem = stepper.go()
    kind = stepper.state()
    names = stepper.block_all() if stepper.fault is None else []
    world = stepper.world
    site = stepper.names.site(stepper.fault[2]) if stepper.fault is not None else -1
    who = stepper.entity_name(stepper.fault[1]) if stepper.fault is not None else ""
    going = "the schedule ends here"
    if schedule.loop >= 0:
        going = f"from step {schedule.loop + 1} on it goes round for ever"
    message = stepper.message or (going if kind == "limit" else "")
    outcome = Outcome(kind, stepper.tick, message, who, site, _final(program, stepper))
    places = Places(program, "step")
    doing = {
        stepper.entity_name(t): OpKind(program.ops[world.pc(t)].kind).name
        for t in range(world.count)
        if world.status(t) == op.AT
    }
    declared = any(
        world.status(t) != op.FINISHED and not thread.attributes.daemon
        for t, thread in enumerate(program.threads)
    )
    findings = [
        *failure(outcome, places),
        *stuck_findings(stepper.watch, places, outcome, Stuck(names, declared, doing)),
        *told_in_run(stepper.watch, places),
    ]
    known = {(found.kind, found.objects) for found in findings}
    if stepper.fault is None:
        findings += [race for race in stepper.races() if (race.kind, race.objects) not in known]
    judged = _judged(program, stepper, kind)
    switches = sum(
        a.thread != b.thread for a, b in zip(schedule.choices, schedule.choices[1:], strict=False)
    )
    text = schedule.text()
    told_findings = tuple(
        replace(marked(program, f), schedule=text, steps=stepper.tick, switches=switches)
        for f in findings
    )
    result = RunResult(
        scenario=program.scenario,
        policy="replay of a schedule",
        cores=0,
        seed=0,
        outcome=outcome,
        output=tuple(stepper.output),
        metrics=_no_metrics(stepper.tick, switches),
        judged=judged,
        findings=told_findings,
        schedule=schedule,
        steps=stepper.tick,
        seconds=0.0,
    )
    return Replayed(result, position, problem)


def _final(program: Program, stepper: Stepper) -> tuple[tuple[str, object], ...]:
    found = []
    for cell in program.cells:
        words = list(stepper.world.memory(cell.base, len(cell.initial)))
        found.append((cell.name, value_of_shape(stepper.names, cell.shape, words)))
    return tuple(found)


def _judged(program: Program, stepper: Stepper, kind: str) -> tuple[Judged, ...]:
    """What one schedule can say: it can violate, and at its end decide `finally`."""
    found = []
    for number, expected in enumerate(program.expectations):
        line = program.sites[expected.site].line
        status, detail = UNKNOWN, stepper.violated.get(number, "")
        if detail:
            status = VIOLATED
        elif expected.form in ("finally", "possible") and kind in ("completed", "deadlocked"):
            words = stepper.world.judge(expected.code)
            holds = words is not None and bool(words[0])
            if expected.form == "finally" and not holds:
                status, detail = VIOLATED, "at the end of this schedule"
            elif expected.form == "possible" and holds:
                status = HOLDS
        found.append(Judged(expected.text, line, status, detail))
    return tuple(found)


def _no_metrics(steps: int, switches: int) -> Metrics:
    nothing = Fraction(0)
    return Metrics(
        makespan=steps,
        throughput=nothing,
        utilization=nothing,
        switches=switches,
        migrations=0,
        misses=0,
        parallelism=nothing,
        fairness=None,
        threads=(),
        cores=(),
        locks=(),
        channels=(),
    )
