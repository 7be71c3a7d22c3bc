"""From what was seen in a run to findings: what went wrong, and why, in words."""

from __future__ import annotations

from fractions import Fraction

from conclang.analyses.clocks import Access, Race
from conclang.analyses.deadlines import Miss
from conclang.analyses.finding import Finding
from conclang.analyses.places import Places, listed
from conclang.analyses.stuck import Stuck, stuck_findings
from conclang.analyses.timed import shown
from conclang.analyses.updates import LostUpdate
from conclang.analyses.watch import MOST_CLOCKS, Watch
from conclang.diagnostics.counting import counted
from conclang.events.trace import Outcome
from conclang.ir.ops import OpKind
from conclang.ir.program import Expected, Program
from conclang.machine.run import Run
from conclang.machine.states import BLOCKED, DONE, READY
from conclang.record import replace

MOST = 20
"""Findings of one kind that are told."""
LENDING = {"inherit", "ceiling"}
"""Options of locks that keep priorities from being inverted."""


def explained(program: Program, run: Run, outcome: Outcome, watch: Watch) -> tuple[Finding, ...]:
    """All findings of a run, the gravest first."""
    places = Places(program)
    found = [
        *failure(outcome, places),
        *stuck_findings(watch, places, outcome, stuck_in(run)),
        *told_in_run(watch, places),
        *_misses(watch),
        *_inversions(watch, program),
        *_convoys(watch, outcome, run),
    ]
    return tuple(marked(program, finding) for finding in found)


def stuck_in(run: Run) -> Stuck:
    """Those who are blocked when a run ends, and those who cannot get at their loop."""
    doing, behind = {}, {}
    blocked = [e for e in run.entities if e.state == BLOCKED and not e.daemon]
    for entity in blocked:
        pc = run.world.pc(entity.number)
        doing[entity.name] = OpKind(run.program.ops[pc].kind).name
    for entity in run.entities:
        if entity.state != READY or entity.daemon:
            continue
        if entity.pool is not None:
            holders = [w.current.name for w in entity.pool.workers if w.current is not None]
        else:
            current = entity.carrier.current if entity.carrier is not None else None
            holders = [current.name] if current is not None else []
        if holders and entity.name not in holders:
            verb = "holds" if len(holders) == 1 else "hold"
            home = entity.pool.name if entity.pool is not None else "its event loop"
            behind[entity.name] = f"{listed(holders)} {verb} {home}"
    declared = any(e.declared and not e.daemon and e.state != DONE for e in run.entities)
    return Stuck([e.name for e in blocked], declared, doing, behind)


def told_in_run(watch: Watch, places: Places) -> list[Finding]:
    """Races and lost updates that this run shows."""
    races: dict[tuple[str, frozenset[str]], Race] = {}
    for race in watch.clocks.races:
        who = frozenset((race.earlier.event.thread, race.later.event.thread))
        races.setdefault((race.later.event.object, who), race)
    lost, counts = watch.updates.found, watch.updates.counts
    blind = [
        Finding(
            "limit",
            f"races were not looked for: there are more than {MOST_CLOCKS} threads",
            "`conclang check` with fewer threads looks for them in all schedules.",
            fails=False,
        )
    ]
    return [
        *(blind if watch.overwhelmed else []),
        *[_race(race, places) for race in list(races.values())[:MOST]],
        *[_lost(lost[name], counts[name] - 1, places) for name in list(lost)[:MOST]],
    ]


def marked(program: Program, finding: Finding) -> Finding:
    """Does the file say that this is there on purpose?"""
    if any(_speaks_of(expected, finding) for expected in program.expectations):
        return replace(finding, expected=True, fails=False)
    return finding


def _speaks_of(expected: Expected, finding: Finding) -> bool:
    if expected.form == "error":
        return finding.kind in ("error", "assertion") and expected.pattern in finding.message
    if expected.form != "flaw" or expected.forbidden or expected.flaw != finding.kind:
        return False
    name = expected.target_name
    return not name or any(o == name or o.startswith(f"{name}[") for o in finding.objects)


def failure(outcome: Outcome, places: Places) -> list[Finding]:
    """A run-time error or a failed assertion ended the run."""
    if outcome.kind != "failed":
        return []
    kind = "assertion" if outcome.message.startswith("assertion failed") else "error"
    who = f"{outcome.thread} " if outcome.thread else ""
    line = places.line(outcome.site)
    where = f" at line {line}" if line else ""
    cause = f"{who}stopped{where}, at tick {outcome.ticks}: {outcome.message}."
    threads = (outcome.thread,) if outcome.thread else ()
    spots = (places.spot(outcome.site, outcome.message),) if line else ()
    return [Finding(kind, outcome.message, cause, threads=threads, spots=spots, tick=outcome.ticks)]


# -- races and lost updates ----------------------------------------------------------------------


def _race(race: Race, places: Places) -> Finding:
    one, two = race.earlier, race.later
    name = two.event.object
    cause = (
        f"{_access(one, places)}, and {_access(two, places)}. Nothing orders the two: no lock that "
        "both hold, no message, no join."
    )
    spots = tuple(
        places.spot(access.event.site, f"{access.event.thread} {access.event.kind}s {name}")
        for access in (one, two)
    )
    return Finding(
        "race",
        f"race on {name}: {one.event.thread} and {two.event.thread}",
        cause,
        threads=(one.event.thread, two.event.thread),
        objects=(name,),
        spots=spots,
        tick=two.event.tick,
    )


def _access(access: Access, places: Places) -> str:
    event = access.event
    locks = f"holding {listed(list(access.locks))}" if access.locks else "holding no lock"
    return f"{event.thread} {event.kind}s {event.object} {places.at(event)}, {locks}"


def _lost(lost: LostUpdate, more: int, places: Places) -> Finding:
    name = lost.write.object
    cause = (
        f"{lost.read.thread} reads {lost.read.value} {places.at(lost.read)}; "
        f"{lost.overtaking.thread} writes {lost.overtaking.value} {places.at(lost.overtaking)}; "
        f"{lost.write.thread} writes {lost.write.value} {places.at(lost.write)}, which rests on "
        f"the {lost.read.value} it had read: {lost.overtaking.thread}'s "
        f"{lost.overtaking.value} is lost."
    )
    if more:
        cause += f" The same happens {counted(more, 'more time')}."
    return Finding(
        "lost_update",
        f"lost update of {name}: {lost.overtaking.value}, written by {lost.overtaking.thread}, "
        f"is overwritten by {lost.write.thread}",
        cause,
        fails=False,
        threads=(lost.overtaking.thread, lost.write.thread),
        objects=(name,),
        spots=(
            places.spot(lost.read.site, f"{lost.read.thread} reads {lost.read.value}"),
            places.spot(lost.overtaking.site, f"{lost.overtaking.thread} writes"),
            places.spot(lost.write.site, f"{lost.write.thread} overwrites it"),
        ),
        tick=lost.write.tick,
    )


# -- delays --------------------------------------------------------------------------------------


def _misses(watch: Watch) -> list[Finding]:
    by_thread: dict[str, list[Miss]] = {}
    for miss in watch.deadlines.misses:
        by_thread.setdefault(miss.job.thread, []).append(miss)
    found = []
    for thread, misses in by_thread.items():
        shown = ", ".join(str(miss.due) for miss in misses[:5])
        more = f" and {len(misses) - 5} more" if len(misses) > 5 else ""
        cause = _lateness(misses[0])
        if len(misses) > 1:
            cause += f" {counted(len(misses) - 1, 'later job')} of {thread} miss as well."
        found.append(
            Finding(
                "miss",
                f"{thread} misses its deadline at {shown}{more}",
                cause,
                fails=False,
                threads=(thread,),
                tick=misses[0].due,
            )
        )
    return found


def _lateness(miss: Miss) -> str:
    """What the job did before its deadline, and when it ended."""
    job = miss.job
    parts = [f"ran for {counted(job.ran, 'tick')}"]
    if job.waited:
        others = sorted(job.others.items(), key=lambda item: (-item[1], item[0]))
        had = listed([f"{name} for {ticks}" for name, ticks in others[:4]])
        parts.append(f"waited {job.waited} for a core" + (f" (taken by {had})" if had else ""))
    if job.blocked:
        parts.append(f"was blocked for {job.blocked}")
    end = "had not ended when the run did"
    if miss.ended >= 0:
        end = f"ended at {miss.ended}, {counted(miss.ended - miss.due, 'tick')} late"
    return (
        f"The job of {job.thread} that came at {job.released} was due at {miss.due} and {end}. "
        f"Until then it {listed(parts)}."
    )


def _inversions(watch: Watch, program: Program) -> list[Finding]:
    priorities = watch.delays.priorities
    lends = {lock.name for lock in program.things["lock"] if set(lock.options) & LENDING}
    found = []
    for key, ticks in list(watch.delays.inverted.items())[:MOST]:
        thread, lock, holder, other = key
        named = {
            name: f"{name} (priority {priorities.get(name, 0)})" for name in (thread, holder, other)
        }
        cause = (
            f"{named[thread]} waits for {lock}, which {named[holder]} holds. {holder} could go on "
            f"and release it, but for {counted(ticks, 'tick')} {named[other]} has the core."
        )
        if lock not in lends:
            cause += f" A lock `with inherit` would lend {holder} the priority of {thread}."
        found.append(
            Finding(
                "inversion",
                f"priority inversion: {thread} is delayed by {other} for {counted(ticks, 'tick')}",
                cause,
                fails=False,
                threads=(thread, holder, other),
                objects=(lock,),
                tick=watch.delays.inverted_since[key],
            )
        )
    return found


def _convoys(watch: Watch, outcome: Outcome, run: Run) -> list[Finding]:
    uses = {run.names.thing(kind, thing): use for (kind, thing), use in run.locks.items()}
    found = []
    for lock, ticks in sorted(watch.delays.queued.items()):
        if outcome.kind == "deadlocked" or 2 * ticks < outcome.ticks:
            continue
        most = watch.delays.longest[lock]
        use = uses.get(lock)
        held = ""
        if use is not None and use.acquisitions:
            mean = shown(Fraction(use.held, use.acquisitions))
            held = f" Each holds it for {mean} ticks on average, and meanwhile the others wait."
        cause = (
            f"For {ticks} of {outcome.ticks} ticks at least three threads queue for {lock}, at "
            f"most {most} at once.{held} They pass one after the other, however many cores there "
            "are."
        )
        found.append(
            Finding(
                "convoy",
                f"convoy: up to {most} threads queue for {lock}",
                cause,
                fails=False,
                objects=(lock,),
                tick=watch.delays.queued_since[lock],
            )
        )
    return found
