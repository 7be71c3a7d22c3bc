"""From what was seen in a run to findings: what went wrong, and why, in words."""

from __future__ import annotations

from conclang.analyses.clocks import Access, Race
from conclang.analyses.finding import Finding, Spot
from conclang.analyses.updates import LostUpdate
from conclang.analyses.watch import MOST_CLOCKS, Watch
from conclang.events.event import Event
from conclang.events.trace import Outcome
from conclang.ir.program import Expected, Program
from conclang.machine.run import Run
from conclang.machine.states import BLOCKED, DONE
from conclang.record import replace

MOST = 20
"""Findings of one kind that are told."""


class Places:
    """Lines of the scenario, in words."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def line(self, site: int) -> int:
        return self.program.sites[site].line if 0 <= site < len(self.program.sites) else 0

    def spot(self, site: int, label: str) -> Spot:
        if not 0 <= site < len(self.program.sites):
            return Spot(0, 0, label)
        found = self.program.sites[site]
        return Spot(found.line, found.column, label)

    def at(self, event: Event) -> str:
        """`at tick 3, line 7`."""
        line = self.line(event.site)
        return f"at tick {event.tick}, line {line}" if line else f"at tick {event.tick}"


def explained(program: Program, run: Run, outcome: Outcome, watch: Watch) -> tuple[Finding, ...]:
    """All findings of a run, the gravest first."""
    places = Places(program)
    names = [e.name for e in run.entities if e.state == BLOCKED and not e.daemon]
    declared = any(e.declared and not e.daemon and e.state != DONE for e in run.entities)
    found = [
        *failure(outcome, places),
        *stuck_findings(watch, places, outcome, names, declared),
        *told_in_run(watch, places),
        *_misses(watch, places),
        *_inversions(watch),
        *_convoys(watch, outcome),
    ]
    return tuple(marked(program, finding) for finding in found)


def told_in_run(watch: Watch, places: Places) -> list[Finding]:
    """Races and lost updates that this run shows."""
    races: dict[tuple[str, frozenset[str]], Race] = {}
    for race in watch.clocks.races:
        who = frozenset((race.earlier.event.thread, race.later.event.thread))
        races.setdefault((race.later.event.object, who), race)
    lost: dict[str, list[LostUpdate]] = {}
    for update in watch.updates.found:
        lost.setdefault(update.write.object, []).append(update)
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
        *[_lost(updates[0], len(updates) - 1, places) for updates in list(lost.values())[:MOST]],
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


# -- deadlocks -----------------------------------------------------------------------------------


def stuck_findings(
    watch: Watch, places: Places, outcome: Outcome, blocked: list[str], declared: bool
) -> list[Finding]:
    """Threads that wait for ever: all of them, or a ring among those that go on."""
    if outcome.kind not in ("deadlocked", "completed", "limit"):
        return []
    names = [name for name in blocked if name in watch.waits.waiting]
    ring = watch.waits.cycle(names)
    if outcome.kind != "deadlocked" and not ring:
        return []
    stuck = ring if outcome.kind != "deadlocked" else names
    kind = "deadlock" if declared or ring else "leak"
    told = ring or stuck
    sentences = [_wait_sentence(watch, places, name) for name in told[:MOST]]
    if ring:
        what = "waits for itself" if len(ring) == 1 else "wait for each other in a ring"
        message = f"{kind}: {_listed(ring)} {what}"
    else:
        message = f"{kind}: {_listed(stuck)} {'waits' if len(stuck) == 1 else 'wait'} for ever"
    others = [name for name in stuck if name not in told]
    if others:
        sentences += [_wait_sentence(watch, places, name) for name in others[:MOST]]
    events = [watch.waits.waiting[name] for name in told if name in watch.waits.waiting]
    spots = tuple(places.spot(e.site, f"{e.thread} waits for {e.object}") for e in events)
    objects = tuple(dict.fromkeys(event.object for event in events))
    return [
        Finding(
            kind,
            message,
            " ".join(sentences),
            False,
            True,
            tuple(told),
            objects,
            spots,
            outcome.ticks,
        )
    ]


WAIT_WORDS = {
    "lock": "to be released",
    "rwlock": "to be released",
    "semaphore": "to be released",
    "condition": "to be signalled",
    "event": "to be set",
    "barrier": "to be full",
    "end": "to end",
    "channel": "to find a partner",
    "select": "any of its channels",
}


def _wait_sentence(watch: Watch, places: Places, name: str) -> str:
    """`alice holds a since tick 1, line 5, and waits since tick 2, line 6, for b, held by bob.`"""
    event = watch.waits.waiting.get(name)
    if event is None:
        return f"{name} cannot go on."
    holds = [
        f"{thing} since tick {hold.event.tick}, line {places.line(hold.event.site)}"
        for thing, all_holds in sorted(watch.waits.holders.items())
        for hold in all_holds
        if hold.thread == name
    ]
    first = f"{name} holds {_listed(holds)}, and waits" if holds else f"{name} waits"
    what = str(event.value)
    if what == "select":
        return f"{first} since tick {event.tick}, line {places.line(event.site)}, in a select."
    rest = WAIT_WORDS.get(what, "")
    since = f"since tick {event.tick}, line {places.line(event.site)},"
    holders = [hold.thread for hold in watch.waits.holders_of(event.object)]
    held = ""
    if what in ("lock", "rwlock", "semaphore") and holders:
        own = ["itself" if holder == name else holder for holder in dict.fromkeys(holders)]
        held = f", held by {_listed(own)}"
    return f"{first} {since} for {event.object} {rest}{held}."


def _listed(names: list[str]) -> str:
    if len(names) > 8:
        names = [*names[:7], f"{len(names) - 7} more"]
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


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
    locks = f"holding {_listed(list(access.locks))}" if access.locks else "holding no lock"
    return f"{event.thread} {event.kind}s {event.object} {places.at(event)}, {locks}"


def _lost(lost: LostUpdate, more: int, places: Places) -> Finding:
    name = lost.write.object
    cause = (
        f"{lost.read.thread} reads {lost.read.value} {places.at(lost.read)}; "
        f"{lost.overtaking.thread} writes {lost.overtaking.value} {places.at(lost.overtaking)}; "
        f"{lost.write.thread} writes {lost.write.value} {places.at(lost.write)}, without having "
        f"seen {lost.overtaking.value}."
    )
    if more:
        cause += f" The same happens {more} more time{'s' if more > 1 else ''}."
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


def _misses(watch: Watch, places: Places) -> list[Finding]:
    by_thread: dict[str, list[int]] = {}
    for event in watch.misses:
        by_thread.setdefault(event.thread, []).append(event.tick)
    found = []
    for thread, ticks in by_thread.items():
        shown = ", ".join(str(tick) for tick in ticks[:5])
        more = f" and {len(ticks) - 5} more" if len(ticks) > 5 else ""
        running = "had not finished by then and runs on"
        found.append(
            Finding(
                "miss",
                f"{thread} misses its deadline at {shown}{more}",
                f"The job of {thread} {running}.",
                fails=False,
                threads=(thread,),
                tick=ticks[0],
            )
        )
    return found


def _inversions(watch: Watch) -> list[Finding]:
    found = []
    priorities = watch.delays.priorities
    for (thread, lock, holder, other), ticks in list(watch.delays.inverted.items())[:MOST]:
        cause = (
            f"{thread} (priority {priorities.get(thread, 0)}) waits for {lock}, which {holder} "
            f"(priority {priorities.get(holder, 0)}) holds but cannot release: {other} (priority "
            f"{priorities.get(other, 0)}) has the core for {ticks} ticks. "
            f"`lock {lock} with inherit` lends {holder} the priority of who waits."
        )
        found.append(
            Finding(
                "inversion",
                f"priority inversion: {thread} is delayed by {other} for {ticks} ticks",
                cause,
                fails=False,
                threads=(thread, holder, other),
                objects=(lock,),
            )
        )
    return found


def _convoys(watch: Watch, outcome: Outcome) -> list[Finding]:
    found = []
    for lock, ticks in sorted(watch.delays.queued.items()):
        if outcome.kind == "deadlocked" or 2 * ticks < outcome.ticks:
            continue
        most = watch.delays.longest[lock]
        cause = (
            f"For {ticks} of {outcome.ticks} ticks at least three threads queue for {lock} "
            f"(at most {most}). They run one after the other, however many cores there are."
        )
        found.append(
            Finding(
                "convoy",
                f"convoy: up to {most} threads queue for {lock}",
                cause,
                fails=False,
                objects=(lock,),
            )
        )
    return found
