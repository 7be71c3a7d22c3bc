# cython: language_level=3, infer_types=True, annotation_typing=False, nonecheck=True
"""The timed loop: who is on which core when, and what happens at each moment.

Time jumps from one moment at which something ends to the next; `work 1000000` is one such jump.
At a moment t, in this order:

(a) the micro-ops and switches that end at t, core by core, each with what follows at cost 0 and
    with those it lets go on;
(b) timers: missed deadlines, sleepers and I/O, the `after` of a select, then arrivals, by
    number;
(c) threads whose slice is over or that yield go behind them into the ready queue;
(d) free cores take up threads, and running ones give way if the policy says so. What a thread
    does at cost 0 at its dispatch belongs to t as well, so this repeats until nothing moves.

What a micro-op means is said elsewhere (step.py); who runs is said by policies. A micro-op of
cost c occupies its core for c ticks and takes effect at their end; it can be interrupted in
between and goes on where it was. A blocked try has been paid for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import lcm

try:
    import cython
except ImportError:
    from conclang.machine import no_cython as cython

from conclang.ir.ops import OPS
from conclang.ir.policy_spec import DEFAULT_RUNTIME_POLICY, PolicySpec
from conclang.ir.program import Attributes, Program
from conclang.machine.ledger import Listener, Stop
from conclang.machine.options import Options
from conclang.machine.policy import Policy, View
from conclang.machine.state import Machine
from conclang.machine.world import World

if not cython.compiled:
    from conclang.machine.carriers import Carrier, Core, Device, Entity, Pool, Processor
    from conclang.machine.granting import Granting, Meeting
    from conclang.machine.opcodes import *
    from conclang.machine.states import *

MOST_ZERO = 200_000
"""Micro-ops one thread may take without any time passing."""
DRAIN_TICKS = 1000
"""How long daemons may go on after everybody else, to be found at rest."""
LONGEST_HORIZON = 100_000
"""Ticks of a periodic run for which no end was given, if its cycle is longer."""
MOST_STEPS = 20_000_000
"""Micro-ops of a run for which no end was given."""

__all__ = ["Options", "Run"]


def waiting_side(kind):
    """Where those wait whose micro-op of this kind blocks them with their worker; -1: never."""
    if kind == ACQUIRE:
        return SIDE_LOCK
    if kind == DOWN:
        return SIDE_SEMAPHORE
    if kind == READ_ACQUIRE:
        return SIDE_READ
    if kind == WRITE_ACQUIRE:
        return SIDE_WRITE
    if kind == EVENT_WAIT:
        return SIDE_EVENT
    return SIDE_END if kind == JOIN else -1


class Run(Granting):
    """One timed run. `go` runs it to its end and says how it ended."""

    def __init__(
        self, program: Program, options: Options, listener: Listener | None = None
    ) -> None:
        super().__init__(program, World(Machine(program, True)), listener, options.seed)
        self.options = options
        self.ended: Stop | None = None
        self.periodic = any(thread.attributes.period for thread in program.threads)
        self.until = self._horizon()
        self.most_steps = options.max_steps or (MOST_STEPS if self.until < 0 else 1 << 62)
        self.on_freeze: Callable[[], None] | None = None
        self.snapshot_at = -1
        self.name_counts: dict[str, int] = {}
        self.sites = [micro.site for micro in program.ops]
        self._make_processors()
        self._make_pools()
        self.devices = [Device(d.name, max(1, d.amount)) for d in program.things["device"]]
        policies = [holder.policy for holder in (*self.processors, *self.pools)]
        self.weighs = True in [bool(policy.weighs) for policy in policies]
        self.context.seeded = True
        self.context.random = options.seed % 2147483646 + 1
        self._make_threads()

    # -- setting up ------------------------------------------------------------------------------

    def _horizon(self) -> int:
        """The last moment, -1 for none. Periods without `--until`: one full cycle."""
        if self.options.until is not None:
            return self.options.until
        if not self.periodic:
            return -1
        attributes = [t.attributes for t in self.program.threads if t.attributes.period]
        cycle = lcm(*(a.period or 1 for a in attributes)) + max(a.arrival for a in attributes)
        return min(cycle, LONGEST_HORIZON)

    def _make_processors(self) -> None:
        for number, declared in enumerate(self.program.processors):
            count = self.options.cores or declared.cores
            view = View(count, self.options.seed * 1000 + number)
            view.tickets = tuple(t.attributes.tickets or 1 for t in self.program.threads)
            view.work = sum(
                t.attributes.burst or t.attributes.countable_work or 0 for t in self.program.threads
            )
            policy = self._make_policy(declared.policy)
            policy.setup(view)
            processor = Processor(declared.name, policy, view)
            costs = dict(declared.costs)
            processor.costs = [costs.get(row.cost, 0) for row in OPS]
            processor.switch_cost = declared.switch_cost
            processor.migration_cost = declared.migration_cost
            for core in range(count):
                processor.cores.append(Core(len(self.cores), core, processor))
                self.cores.append(processor.cores[-1])
            self.processors.append(processor)

    def _make_policy(self, declared: PolicySpec) -> Policy:
        if self.options.maker is not None:
            return self.options.maker()
        return self.options.make(self.options.policy or declared)

    def _make_pools(self) -> None:
        for index, runtime in enumerate(self.program.things["runtime"]):
            workers = max(1, runtime.amount)
            if index == self.program.default_runtime:
                workers = len(self.cores)
            view = View(workers, self.options.seed * 1000 + 500 + index)
            policy = self.options.make(runtime.policy or DEFAULT_RUNTIME_POLICY)
            policy.setup(view)
            self.pools.append(Pool(index, runtime.name, policy, view))
            for number in range(workers):
                self._make_worker(self.pools[-1], number)

    def _make_worker(self, pool: Pool, number: int) -> None:
        place = len(self.program.threads) + len(self.carriers)
        carrier = Carrier(place, f"{pool.name}#{number}")
        carrier.pool, carrier.worker, carrier.state = pool, number, IDLE
        pool.workers.append(carrier)
        self.carriers.append(carrier)

    def _make_threads(self) -> None:
        for number, thread in enumerate(self.program.threads):
            entity = Entity(number, thread.name)
            carrier = Carrier(number, thread.name)
            self._describe(entity, thread.attributes)
            self._describe(carrier, thread.attributes)
            entity.declared = True
            entity.daemon = thread.attributes.daemon
            self.join_carrier(entity, carrier)
            if thread.attributes.on is not None:
                carrier.processor = self.processors[thread.attributes.on]
                carrier.processor.assigned += 1
            if carrier.pinned >= 0:
                home = carrier.processor or self.processors[0]
                carrier.pinned %= len(home.cores)
                if carrier.processor is None:
                    carrier.processor = home
                    home.assigned += 1
            declared = thread.attributes.deadline
            entity.relative = entity.period if declared is None else declared
            self.at(entity.offset, DUE_RELEASE, entity)
            if entity.period:
                self.alive_periodic += 0 if entity.daemon else 1
            elif not entity.daemon:
                self.unfinished += 1

    @staticmethod
    def _describe(seen: Entity | Carrier, attributes: Attributes) -> None:
        """What policies may know of a declared thread."""
        seen.priority = seen.base_priority = attributes.priority
        seen.arrival = attributes.arrival
        seen.burst = attributes.burst or attributes.countable_work or 0
        seen.period = attributes.period or 0
        seen.tickets = attributes.tickets or 0
        seen.nice = attributes.nice
        seen.pinned = -1 if attributes.pinned is None else attributes.pinned
        seen.deadline = -1 if attributes.deadline is None else attributes.deadline
        if isinstance(seen, Entity):
            seen.offset = attributes.arrival

    def join_carrier(self, entity: Entity, carrier: Carrier) -> None:
        entity.carrier = carrier
        carrier.current = entity
        self.entities.append(entity)
        self.carriers.append(carrier)

    def adopt_one(self, creator: Entity, number: int) -> Entity:
        """A spawned thread, a task of a runtime, or an async task."""
        world, machine = self.world, self.machine
        place = world.place(number)
        runtime = world.word(place + machine.at_runtime) - 1 if machine.at_runtime >= 0 else -1
        loop = world.word(place + machine.at_loop) - 1 if machine.at_loop >= 0 else number
        code = self.program.codes[world.code(number)]
        entity = Entity(number, self.fresh_name(code.name))
        entity.site = creator.site
        entity.arrival = entity.offset = self.now
        entity.loop = self.entities[loop] if loop != number else entity
        entity.body = loop == number
        self.unfinished += 1
        if runtime >= 0:
            entity.kind, entity.pool = "task", self.pools[runtime]
            if creator.pool is entity.pool and creator.carrier is not None:
                entity.core = creator.carrier.worker
            self.entities.append(entity)
        elif loop != number:
            entity.kind, entity.carrier = "async", self.entities[loop].carrier
            assert entity.carrier is not None
            entity.carrier.loop_alive += 1
            entity.carrier.shared = True
            self.entities.append(entity)
        else:
            entity.kind = "spawned"
            carrier = Carrier(len(self.program.threads) + len(self.carriers), entity.name)
            carrier.arrival = self.now
            if creator.carrier is not None and creator.carrier.processor is not None:
                carrier.core = creator.carrier.core
            self.join_carrier(entity, carrier)
        entity.arrived = True
        entity.since = self.now
        return entity

    def fresh_name(self, function: str) -> str:
        """`worker#1`, `worker#2`, ... by order of creation."""
        count = self.name_counts.get(function, 0) + 1
        self.name_counts[function] = count
        return f"{function}#{count}"

    # -- the loop --------------------------------------------------------------------------------

    def go(self) -> Stop:
        """Run to the end."""
        try:
            self._boot()
            while self._moment():
                pass
        except Stop as stop:
            self.ended = stop
        except KeyboardInterrupt:
            self.ended = Stop("interrupted", "interrupted")
        except Exception as problem:
            if self.options.maker is None:
                raise
            self._blame_policy(problem)
        assert self.ended is not None
        self.freeze()
        return self.ended

    def _blame_policy(self, problem: Exception) -> None:
        """A policy of the user's has raised something: it is asked nothing any more."""
        name = self.processors[0].policy.name
        words = f"{type(problem).__name__}: {problem}"
        self.ended = Stop("failed", f"a mistake in the policy {name}: {words}")
        for core in self.cores:
            core.state = FREE

    def _boot(self) -> None:
        if self.world.boot():
            self.settle_fault()
        self._note_clock(0)

    def _note_clock(self, time: int) -> None:
        self.now = time
        self.context.now = time
        for processor in self.processors:
            processor.view.now = time
        for pool in self.pools:
            pool.view.now = time

    def _next(self) -> int:
        """The next moment at which anything ends; -1 if nothing ever will."""
        best = self.timers.due()
        for core in self.cores:
            if core.at >= 0 and (best < 0 or core.at < best):
                best = core.at
            if core.slice_at >= 0 and (best < 0 or core.slice_at < best):
                best = core.slice_at
            if core.task_at >= 0 and (best < 0 or core.task_at < best):
                best = core.task_at
        return best

    def _moment(self) -> bool:
        """Everything at the next moment; False when the run is over."""
        time = self._next()
        if time < 0:
            return self._at_rest()
        if self._beyond(time):
            return False
        self._note_clock(time)
        if self.weighs:
            self._charge_all()
        for core in self.cores:
            if core.at == time:
                self.complete(core)
        if time == self.until and not self._has_work_at_end():
            return False
        while self.timers.due() == time:
            self.fire()
        self._end_slices(time)
        self._decide()
        if self.steps > self.most_steps:
            raise Stop("limit", f"steps: {self.most_steps} micro-ops")
        if self.is_over() and not self._drain():
            self.ended = Stop("completed")
            return False
        return True

    def _charge_all(self) -> None:
        """Policies that weigh who ran how long hear of it before anybody comes or goes."""
        for core in self.cores:
            if core.state == BUSY:
                self.charge(core)

    def _beyond(self, time: int) -> bool:
        """Is the end given for this run before that time?"""
        if self.draining and time > self.snapshot_at + DRAIN_TICKS:
            self.ended = Stop("completed")
            return True
        if self.until < 0 or time <= self.until:
            return False
        self._note_clock(self.until)
        self._end_at_limit()
        return True

    def _has_work_at_end(self) -> bool:
        """At the last moment only deadlines are still looked at; always False."""
        while self.timers.due() == self.until and self.timers.kind() == DUE_MISS:
            self.fire()
        self._end_at_limit()
        return False

    def _end_at_limit(self) -> None:
        if self.is_over() or (self.periodic and self.unfinished == 0) or self.periodic:
            self.ended = Stop("completed")
        else:
            self.ended = Stop("limit", f"ticks: --until {self.until}")

    def _at_rest(self) -> bool:
        """Nothing will ever move again: all done, or a deadlock."""
        for processor in self.processors:
            complaint = processor.policy.complaint()
            if not complaint and processor.waiting:
                complaint = (
                    f"the policy {processor.policy.name} leaves ready threads without a core"
                )
            if complaint:
                raise Stop("failed", complaint)
        self.ended = Stop("completed" if self.is_over() else "deadlocked")
        return False

    def _drain(self) -> bool:
        """Everybody that counts has finished: let daemons come to rest, off the record."""
        if self.draining:
            return True
        if self._all_at_rest():
            return False
        self.freeze()
        self.draining = True
        return True

    def _all_at_rest(self) -> bool:
        for entity in self.entities:
            if entity.state not in (DONE, BLOCKED):
                return False
        return True

    def freeze(self) -> None:
        """Close the books: what happens later does not count."""
        if self.snapshot_at >= 0:
            return
        self.snapshot_at = self.now
        for core in self.cores:
            self._book_core(core)
        for entity in self.entities:
            self.enter(entity, entity.state)
        if self.on_freeze is not None:
            self.on_freeze()

    def _book_core(self, core: Core) -> None:
        if core.state == SWITCHING:
            core.switching += self.now - core.charged
            core.charged = self.now
        elif core.state == BUSY:
            self.charge(core)

    # -- (a) what ends ---------------------------------------------------------------------------

    def complete(self, core: Core) -> None:
        """A switch or a micro-op ends on this core."""
        core.at = -1
        carrier = core.carrier
        assert carrier is not None
        if core.state == SWITCHING:
            core.switching += self.now - core.charged
            self.begin(core)
            core.processor.dirty = True
            return
        self.charge(core)
        entity = carrier.current
        assert entity is not None
        self.proceed(core, self.execute(entity, entity.asked), True)

    def proceed(self, core: Core, verdict: int = ON, stepped: bool = False) -> None:
        """Let the core's thread go on until time must pass or it leaves the core."""
        carrier = core.carrier
        assert carrier is not None
        stepwise = core.processor.stepwise
        while True:
            if verdict == STAYS:
                self.leave_core(core)
                return
            if verdict == PARKS:
                carrier.current = None
                core.task_at = -1
            elif verdict == YIELDS:
                core.requeue = "yield"
                return
            elif stepped and stepwise and not self._has_ended(carrier):
                core.requeue = "step"
                return
            entity = carrier.current
            if entity is None:
                entity = self.next_entity(core)
            if entity is None:
                self.leave_core(core)
                return
            if entity.left <= 0 and not self.arrive(core, entity):
                verdict = PARKS
                continue
            if entity.left > 0:
                entity.zero = 0
                core.charged = self.now
                core.at = self.now + entity.left
                if stepwise:
                    core.slice_at = self.now + (1 if entity.asked == WORK else entity.left)
                return
            entity.zero += 1
            if entity.zero > MOST_ZERO:
                site = self.names.site(self.world.pc(entity.number))
                words = "a loop that runs on without any time passing"
                raise Stop("failed", words, entity, site)
            verdict = self.execute(entity, entity.asked)
            stepped = True

    def _has_ended(self, carrier: Carrier) -> bool:
        current = carrier.current
        return current is not None and self.world.status(current.number) == FINISHED

    def arrive(self, core: Core, entity: Entity) -> bool:
        """Bring an entity to its next micro-op and note what it costs; False if it has ended."""
        world, number = self.world, entity.number
        status = world.status(number)
        if status == MOVED:
            self.context.logging = self.listening
            if world.proceed(number):
                self.settle_fault()
            if self.listening:
                self.report(False)
            if self.context.cursor:
                self.note_draws(entity)
            status = world.status(number)
        if status == FINISHED:
            self.end(entity)
            return False
        pc = world.pc(number)
        kind = self.machine.code[pc * WIDE]
        entity.asked = kind
        if self.listening:
            entity.site = self.sites[pc]
        if kind == WORK:
            entity.left = world.operand_value(number, self.machine.code[pc * WIDE + 1])
        else:
            entity.left = core.processor.costs[kind]
        return True

    def next_entity(self, core: Core) -> Entity | None:
        """Who goes on when the one before has parked: from the loop, or from the runtime."""
        carrier = core.carrier
        assert carrier is not None
        pool = carrier.pool
        if pool is not None:
            entity = pool.policy.pick(carrier.worker)
            if entity is None:
                return None
            assert isinstance(entity, Entity)
            entity.carrier = carrier
            entity.core = carrier.worker
            limit = pool.policy.slice(entity)
            core.task_at = self.now + limit if limit > 0 else -1
        elif carrier.loop_ready:
            entity = carrier.loop_ready.popleft()
        else:
            return None
        carrier.current = entity
        self.enter(entity, RUNNING)
        if self.listening:
            self.emit("take", entity, carrier.name, _home_word(pool))
        return entity

    # -- micro-ops -------------------------------------------------------------------------------

    def execute(self, entity: Entity, kind: int) -> int:
        """The micro-op takes effect, or its thread waits, parks, yields."""
        if kind == WORK:
            if self.draining and not self.unfinished:
                self.enter(entity, BLOCKED)
                return STAYS
            self._pass_over(entity)
            return ON
        if kind <= IO:
            return self._execute_timed(entity, kind)
        if kind in (SEND, RECEIVE, SELECT):
            if self.on_channel(entity, kind):
                return ON
            if kind == SELECT:
                self.wait_on_select(entity)
            else:
                side = SIDE_SENDERS if kind == SEND else SIDE_RECEIVERS
                self.block(entity, side, self.world.operand(entity.number))
            return self.set_aside(entity)
        if kind == AWAIT:
            return self._await(entity)
        side = waiting_side(kind)
        if side >= 0 and not self.world.options(entity.number):
            self.block(entity, side, self.world.operand(entity.number))
            return STAYS
        if kind == SIGNAL:
            return self._signal(entity)
        self.perform(entity, kind)
        return STAYS if entity.state == BLOCKED else ON

    def _pass_over(self, entity: Entity) -> None:
        self.context.logging = self.listening
        if self.world.pass_over(entity.number):
            self.settle_fault()
        if self.listening:
            self.report(False)
        if self.context.cursor:
            self.note_draws(entity)

    def _execute_timed(self, entity: Entity, kind: int) -> int:
        """SLEEP, IO, YIELD: the local code after them runs when the thread is back."""
        world, number = self.world, entity.number
        at = world.pc(number) * WIDE
        amount = world.operand_value(number, self.machine.code[at + 1]) if kind != YIELD else 0
        device = world.operand_value(number, self.machine.code[at + 2]) if kind == IO else -1
        self.context.lazy = True
        world.pass_over(number)
        self.context.lazy = False
        if self.draining and not self.unfinished:
            self.enter(entity, BLOCKED)
            return STAYS
        if kind == YIELD or amount <= 0:
            if self.listening:
                self.emit("yield", entity)
            return self._yield(entity)
        if kind == IO and device >= 0:
            self._queue_io(entity, device, amount)
        else:
            entity.ticket += 1
            self.at(self.now + amount, DUE_WAKE, entity)
            if self.listening:
                word = "sleep" if kind == SLEEP else "io"
                self.emit(word, entity, "", self.now + amount if kind == SLEEP else amount)
            self.enter(entity, BLOCKED)
            entity.waits_at = SIDE_SLEEP if kind == SLEEP else SIDE_DEVICE
            entity.waits_for = 0 if kind == SLEEP else -1
        return self.set_aside(entity)

    def _yield(self, entity: Entity) -> int:
        """A task yields to the tasks of its runtime or loop, a thread to the threads."""
        carrier = entity.carrier
        assert carrier is not None
        if entity.pool is not None:
            self.enter(entity, READY)
            entity.pool.policy.ready(entity, "yield")
            carrier.current = None
            return YIELDS
        if not entity.body and carrier.loop_ready:
            self.enter(entity, READY)
            carrier.loop_ready.append(entity)
            return PARKS
        return YIELDS

    def set_aside(self, entity: Entity) -> int:
        """An entity that has just blocked: does it keep its worker or loop?"""
        if entity.pool is None and entity.body:
            return STAYS
        return self._park(entity)

    def _park(self, entity: Entity) -> int:
        if self.listening and entity.carrier is not None:
            self.emit("park", entity, entity.carrier.name)
        if entity.carrier is not None and entity.carrier.current is entity:
            entity.carrier.current = None
        if entity.pool is not None:
            entity.pool.policy.left(entity, False)
            entity.carrier = None
            self.free_loop(entity)
        return PARKS

    def _await(self, entity: Entity) -> int:
        """Parks in any case; goes on behind the others if the other one has ended already."""
        over = self.world.options(entity.number)
        target = self.world.operand(entity.number)
        if over:
            self.context.lazy = True
            self.perform(entity, AWAIT)
            self.context.lazy = False
        else:
            self.block(entity, SIDE_END, target)
        verdict = self._park(entity)
        if over:
            self.make_ready(entity, "yield")
        return verdict

    def _signal(self, entity: Entity) -> int:
        """A signal wakes who has waited longest."""
        condition = self.world.operand(entity.number)
        first = self.waits.first(SIDE_CONDITION, condition)
        meeting = Meeting(entity, -1, first.entity if first is not None else None, -1)
        self.perform(entity, SIGNAL, meeting)
        return STAYS if entity.state == BLOCKED else ON

    # -- devices ---------------------------------------------------------------------------------

    def _queue_io(self, entity: Entity, number: int, amount: int) -> None:
        device = self.devices[number]
        if self.listening:
            self.emit("io", entity, device.name, amount)
        self.enter(entity, BLOCKED)
        entity.ticket += 1
        entity.waits_at, entity.waits_for = SIDE_DEVICE, number
        device.queue.append((entity, amount))
        self._serve_device(device)

    def _serve_device(self, device: Device) -> None:
        while device.queue and device.serving < device.width:
            entity, amount = device.queue.popleft()
            device.serving += 1
            self.at(self.now + amount, DUE_WAKE, entity)
            if self.listening:
                self.emit("serve", entity, device.name, self.now + amount)

    # -- ends ------------------------------------------------------------------------------------

    def end(self, entity: Entity) -> None:
        """An entity has come to its end."""
        if entity.period:
            self._end_job(entity)
            return
        self.enter(entity, DONE)
        entity.finish = self.now
        if self.listening:
            self.emit("finish", entity)
        if not entity.daemon:
            self.unfinished -= 1
        entity.ticket += 1
        carrier = entity.carrier
        if entity.pool is not None:
            entity.pool.policy.left(entity, True)
            self.free_loop(entity)
        elif carrier is not None:
            carrier.loop_alive -= 1
        self.serve(OF_END, entity.number + 1, entity)

    def _end_job(self, entity: Entity) -> None:
        """A job is complete; the next begins at once if it was released already."""
        if self.listening:
            self.emit("complete", entity, "", entity.job)
        self.enter(entity, IDLE)
        entity.finish = self.now
        entity.ticket += 1
        entity.sum_turnaround += self.now - entity.arrival
        entity.sum_response += entity.start - entity.arrival
        entity.sum_waiting += entity.waiting
        entity.sum_running += entity.running
        entity.sum_blocked += entity.blocked
        entity.jobs_done += 1
        entity.start, entity.waiting, entity.running, entity.blocked = -1, 0, 0, 0

    def leave_core(self, core: Core) -> None:
        """The core's thread blocks, or has ended."""
        carrier = core.carrier
        assert carrier is not None
        self.charge(core)
        over = carrier.pool is None and carrier.loop_alive == 0
        if self.listening and carrier.current is None and (carrier.shared or not over):
            self.tell("preempt", core.index, carrier.name, "no task is ready")
        carrier.state = DONE if over else BLOCKED
        core.processor.policy.left(carrier, over)
        if over:
            core.processor.assigned -= 1
        self.vacate(core)
        if self._next_job(carrier):
            return

    def _next_job(self, carrier: Carrier) -> bool:
        """A periodic thread with a job that was released while the last one ran."""
        entity = self.entities[carrier.number] if carrier.number < len(self.entities) else None
        if entity is None or not entity.period or entity.carrier is not carrier:
            return False
        if entity.state == IDLE and entity.pending:
            self.start_job(entity, entity.pending.popleft())
            return True
        return False

    def vacate(self, core: Core) -> None:
        core.last = core.carrier
        core.carrier = None
        core.state = FREE
        core.at = core.slice_at = core.task_at = -1
        core.requeue = ""
        core.processor.dirty = True

    # -- (b) timers ------------------------------------------------------------------------------

    def fire(self) -> None:
        """The first timer goes off."""
        kind, ticket = self.timers.kind(), self.timers.ticket()
        entity = self.entities[self.timers.entity()]
        self.timers.drop()
        if kind == DUE_RELEASE:
            self.release_job(entity)
        elif kind == DUE_MISS:
            if (entity.jobs_done < ticket) if entity.period else (entity.state != DONE):
                self.miss(entity)
        elif ticket != entity.ticket:
            return
        elif kind == DUE_AFTER:
            self.time_out(entity)
        else:
            self.wake(entity)

    def wake(self, entity: Entity) -> None:
        """Sleep or I/O is over."""
        side, number = entity.waits_at, entity.waits_for
        entity.ticket += 1
        if self.listening:
            self.emit("wake", entity, "", "the clock" if side == SIDE_SLEEP else "the device")
        self.make_ready(entity, "wake-up")
        if side == SIDE_DEVICE and number >= 0:
            device = self.devices[number]
            device.serving -= 1
            self._serve_device(device)

    def release_job(self, entity: Entity) -> None:
        """A thread arrives, or the next job of a periodic one is due."""
        if not entity.period:
            entity.arrived = True
            if self.listening:
                self.emit("arrive", entity)
            if entity.deadline >= 0:
                entity.deadline += self.now
                self._set_miss(entity, entity.deadline)
            entity.since = self.now
            self._to_carrier(entity)
            self.make_ready(entity, "arrival")
            return
        entity.arrived = True
        self.timers.put(self.now + entity.period, DUE_RELEASE, entity.number, 0)
        if entity.state == IDLE and entity.carrier and entity.carrier.state in (IDLE, BLOCKED):
            self.start_job(entity, self.now)
        else:
            if entity.pending is None:
                entity.pending = deque()
            entity.pending.append(self.now)
            if self.listening:
                self.emit("release", entity, "", entity.job + len(entity.pending))
            self._watch_pending(entity)

    def _watch_pending(self, entity: Entity) -> None:
        """A job that waits for the one before it can miss its deadline already."""
        job = entity.job + len(entity.pending)
        self.timers.put(self.now + entity.relative, DUE_MISS, entity.number, job)

    def start_job(self, entity: Entity, released: int) -> None:
        """The body of a periodic thread begins anew, for the job released then."""
        first = not entity.jobs_done and not entity.job
        entity.job += 1
        entity.arrival = released
        entity.deadline = released + entity.relative
        entity.since = self.now
        entity.waiting = self.now - released
        carrier = entity.carrier
        assert carrier is not None
        if not first:
            self.restart(entity)
        carrier.ran = entity.ran = 0
        carrier.current = entity
        carrier.state = IDLE
        self._to_carrier(entity)
        if self.listening and released == self.now:
            self.emit("release", entity, "", entity.job)
        if entity.deadline >= self.now and released == self.now:
            self._set_miss(entity, entity.deadline)
        self.make_ready(entity, "arrival")

    def restart(self, entity: Entity) -> None:
        """Put a finished body back at its beginning."""
        thread = self.program.threads[entity.number]
        place = self.world.place(entity.number)
        self.world.set_word(place + STATUS, MOVED)
        self.world.set_word(place + PC, self.machine.code_entry[self.world.code(entity.number)])
        arguments = thread.arguments
        for index in range(len(arguments)):
            self.world.set_word(place + self.machine.stack + index, arguments[index])

    def _to_carrier(self, entity: Entity) -> None:
        carrier = entity.carrier
        if carrier is not None:
            carrier.arrival, carrier.deadline = entity.arrival, entity.deadline

    def _set_miss(self, entity: Entity, due: int) -> None:
        self.timers.put(due, DUE_MISS, entity.number, entity.job)

    def miss(self, entity: Entity) -> None:
        self.misses += 1
        if self.listening:
            self.emit("miss", entity, "", self.now)

    # -- (c) slices ------------------------------------------------------------------------------

    def _end_slices(self, time: int) -> None:
        for core in self.cores:
            if core.task_at == time:
                self._end_task_slice(core)
            if core.requeue:
                self.put_behind(core, core.requeue)
            elif core.slice_at == time:
                self._end_slice(core)

    def _end_slice(self, core: Core) -> None:
        carrier = core.carrier
        assert carrier is not None
        self.charge(core)
        processor = core.processor
        if not processor.policy.expired(carrier):
            processor.dirty = True
        elif processor.waiting or processor.stepwise or not self._keeps(core, "quantum"):
            self.put_behind(core, "quantum")
            return
        self._set_slice(core, carrier)

    def _keeps(self, core: Core, cause: str) -> bool:
        """Nobody else is ready: through the empty queue and back to the same core."""
        policy, carrier = core.processor.policy, core.carrier
        assert carrier is not None
        if carrier.pinned not in (-1, core.number):
            return False
        policy.ready(carrier, cause)
        picked = policy.pick(core.number)
        if picked is carrier:
            return True
        raise Stop("failed", f"the policy {policy.name} leaves {carrier.name} without its core")

    def _set_slice(self, core: Core, carrier: Carrier) -> None:
        limit = core.processor.policy.slice(carrier)
        core.slice_at = self.now + limit if limit > 0 else -1

    def _end_task_slice(self, core: Core) -> None:
        """A task has used up its slice on its worker."""
        core.task_at = -1
        carrier = core.carrier
        task = carrier.current if carrier is not None else None
        if carrier is None or task is None or task.pool is None or core.requeue:
            return
        self.charge(core)
        policy = task.pool.policy
        if not policy.expired(task):
            limit = policy.slice(task)
            core.task_at = self.now + limit if limit > 0 else -1
            return
        self.enter(task, READY)
        policy.ready(task, "quantum")
        carrier.current = None
        core.at = -1
        self.proceed(core)

    def put_behind(self, core: Core, cause: str) -> None:
        """The core's thread goes back into the ready queue."""
        carrier = core.carrier
        assert carrier is not None
        self.charge(core)
        if carrier.current is not None:
            self.enter(carrier.current, READY)
        carrier.parted, carrier.parted_cause = core, cause
        self.vacate(core)
        self.carrier_ready(carrier, cause)

    # -- (d) who runs ----------------------------------------------------------------------------

    def _decide(self) -> None:
        moved = True
        while moved:
            moved = False
            for processor in self.processors:
                if processor.dirty:
                    processor.dirty = False
                    moved = True
                    self._fill(processor)
                    if processor.preemptive and processor.waiting:
                        self._make_way(processor)
        if self.listening:
            self._tell_parted()

    def _fill(self, processor: Processor) -> None:
        """Give free cores to ready threads."""
        again = True
        while again and processor.waiting:
            again = False
            for core in processor.cores:
                if core.state == FREE and processor.waiting and self.dispatch(core):
                    again = True

    def _make_way(self, processor: Processor) -> None:
        """Interrupt running threads for those the policy finds more urgent, the worst first."""
        policy = processor.policy
        for core in processor.cores:
            if core.state == BUSY:
                self.charge(core)
        rounds = 0
        while processor.waiting:
            rounds += 1
            if rounds > len(self.carriers) * (len(processor.cores) + 1):
                raise Stop("failed", f"the policy {policy.name} never stops interrupting threads")
            victim: Core | None = None
            for core in processor.cores:
                carrier = core.carrier
                if core.state != BUSY or carrier is None:
                    continue
                if not policy.gives_way(carrier, core.number):
                    continue
                if victim is None or policy.worse(carrier, victim.carrier):
                    victim = core
            if victim is None:
                break
            self.put_behind(victim, "preempted")
            self.dispatch(victim)
        self._review(processor)

    def _review(self, processor: Processor) -> None:
        """Policies that look again after a while may now want to do so sooner."""
        for core in processor.cores:
            if core.state == BUSY and core.carrier is not None and core.slice_at < 0:
                self._set_slice(core, core.carrier)

    def dispatch(self, core: Core) -> bool:
        """Let a free core take up a thread; False if there is none for it."""
        processor = core.processor
        carrier = processor.policy.pick(core.number)
        if carrier is None:
            return False
        if not isinstance(carrier, Carrier) or carrier.state != READY:
            name = processor.policy.name
            raise Stop("failed", f"the policy {name} picks {carrier.name}, which is not ready")
        if carrier.pinned not in (-1, core.number):
            name = processor.policy.name
            where = f"core {core.number}, but it is pinned to core {carrier.pinned}"
            raise Stop("failed", f"the policy {name} picks {carrier.name} for {where}")
        processor.waiting -= 1
        if carrier.pool is not None and carrier.current is None and not self._has_task(carrier):
            carrier.state = BLOCKED
            processor.policy.left(carrier, False)
            processor.dirty = True
            return True
        core = self._home(core, carrier)
        self.chose(core.index, carrier.number, -1)
        cost = self._switch_cost(core, carrier)
        core.carrier = carrier
        carrier.core = core.number
        carrier.last_core = core.index
        core.charged = self.now
        if self.listening:
            self._tell_dispatch(core, carrier, cost)
        if cost:
            core.state = SWITCHING
            core.at = self.now + cost
            carrier.state = TAKEN
        else:
            self.begin(core)
        if core.requeue:
            self.put_behind(core, core.requeue)
        return True

    def _home(self, core: Core, carrier: Carrier) -> Core:
        """Where it runs: on the core it ran on last if that is free too, which saves a move."""
        if carrier.last_core in (-1, core.index):
            return core
        last = self.cores[carrier.last_core]
        return last if last.state == FREE and last.processor is core.processor else core

    def _has_task(self, carrier: Carrier) -> bool:
        """Is there a task for this worker? It takes it up here and now."""
        assert carrier.pool is not None
        entity = carrier.pool.policy.pick(carrier.worker)
        if entity is None:
            return False
        assert isinstance(entity, Entity)
        entity.carrier = carrier
        entity.core = carrier.worker
        carrier.current = entity
        if self.listening:
            self.emit("take", entity, carrier.name, _home_word(carrier.pool))
        return True

    def _switch_cost(self, core: Core, carrier: Carrier) -> int:
        cost = 0
        if core.last is not None and core.last is not carrier:
            self.switches += 1
            cost = core.processor.switch_cost
        if carrier.last_core not in (-1, core.index):
            self.migrations += 1
            cost += core.processor.migration_cost
        return cost

    def begin(self, core: Core) -> None:
        """The thread is on the core now, the switch is over."""
        carrier = core.carrier
        assert carrier is not None
        core.state = BUSY
        core.charged = self.now
        carrier.state = RUNNING
        self._set_slice(core, carrier)
        entity = carrier.current
        if entity is not None:
            self.enter(entity, RUNNING)
            if entity.pool is not None:
                limit = entity.pool.policy.slice(entity)
                core.task_at = self.now + limit if limit > 0 else -1
        self.proceed(core)

    def _tell_dispatch(self, core: Core, carrier: Carrier, cost: int) -> None:
        silent = carrier.parted is core
        if carrier.parted is not None and not silent:
            self.tell("preempt", carrier.parted.index, carrier.name, carrier.parted_cause)
        carrier.parted = None
        last = core.last
        if last is not None and last.parted is core:
            self.tell("preempt", core.index, last.name, last.parted_cause)
            last.parted = None
        if cost:
            self.tell("switch", core.index, carrier.name, cost)
        if not silent:
            self.tell("dispatch", core.index, carrier.name, core.processor.policy.why)

    def _tell_parted(self) -> None:
        for core in self.cores:
            last = core.last
            if last is not None and last.parted is core and core.carrier is not last:
                self.tell("preempt", core.index, last.name, last.parted_cause)
            if last is not None:
                last.parted = None


def _home_word(pool: Pool | None) -> str:
    """Is there room for one at a time?"""
    return "loop" if pool is None or len(pool.workers) == 1 else "runtime"
