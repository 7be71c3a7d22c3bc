cimport cython
from conclang.machine.carriers cimport Carrier, Core, Device, Entity, Pool, Processor
from conclang.machine.granting cimport Granting, Meeting
from conclang.machine.opcodes_c cimport *
from conclang.machine.policy cimport Policy, View
from conclang.machine.state cimport Context, Machine
from conclang.machine.states_c cimport *
from conclang.machine.waits cimport Waiting
from conclang.machine.world cimport World

cdef long long waiting_side(long long kind) noexcept


cdef class Run(Granting):
    cdef public object options, ended, on_freeze
    cdef public bint periodic, weighs
    cdef public long long until, most_steps, snapshot_at
    cdef public dict name_counts
    cdef public list sites
    cdef _make_worker(self, Pool pool, long long number)
    @cython.locals(thread=object, entity=Entity, carrier=Carrier, home=Processor)
    cdef _make_threads(self)
    cdef join_carrier(self, Entity entity, Carrier carrier)
    @cython.locals(entity=Entity, carrier=Carrier)
    cpdef Entity adopt_one(self, Entity creator, long long number)
    @cython.locals(processor=Processor, pool=Pool)
    cpdef _note_clock(self, long long time)
    @cython.locals(core=Core, best=cython.longlong)
    cdef long long _next(self) except? -2
    @cython.locals(core=Core)
    cdef bint _moment(self) except -1
    @cython.locals(core=Core)
    cdef _charge_all(self)
    cdef bint _beyond(self, long long time) except -1
    cdef bint _has_work_at_end(self) except -1
    cdef _end_at_limit(self)
    cdef bint _at_rest(self) except -1
    cdef bint _drain(self) except -1
    @cython.locals(entity=Entity)
    cdef bint _all_at_rest(self) except -1
    @cython.locals(core=Core, entity=Entity)
    cpdef freeze(self)
    cdef _book_core(self, Core core)
    @cython.locals(carrier=Carrier, entity=Entity)
    cdef complete(self, Core core)
    @cython.locals(carrier=Carrier, entity=Entity)
    cdef proceed(self, Core core, long long verdict=*, bint stepped=*)
    @cython.locals(current=Entity)
    cdef bint _has_ended(self, Carrier carrier) except -1
    @cython.locals(world=World, number=cython.longlong, kind=cython.longlong)
    cdef bint arrive(self, Core core, Entity entity) except -1
    @cython.locals(carrier=Carrier, pool=Pool, entity=Entity)
    cdef Entity next_entity(self, Core core)
    cdef long long execute(self, Entity entity, long long kind) except -1
    cdef _pass_over(self, Entity entity)
    @cython.locals(world=World)
    cdef long long _execute_timed(self, Entity entity, long long kind) except -1
    @cython.locals(carrier=Carrier)
    cdef long long _yield(self, Entity entity) except -1
    cdef long long set_aside(self, Entity entity) except -1
    cdef long long _park(self, Entity entity) except -1
    cdef long long _await(self, Entity entity) except -1
    @cython.locals(first=Waiting, meeting=Meeting)
    cdef long long _signal(self, Entity entity) except -1
    @cython.locals(device=Device)
    cdef _queue_io(self, Entity entity, long long number, long long amount)
    @cython.locals(entity=Entity)
    cdef _serve_device(self, Device device)
    @cython.locals(carrier=Carrier)
    cdef end(self, Entity entity)
    cdef _end_job(self, Entity entity)
    @cython.locals(carrier=Carrier)
    cdef leave_core(self, Core core)
    @cython.locals(entity=Entity)
    cdef bint _next_job(self, Carrier carrier) except -1
    cdef vacate(self, Core core)
    @cython.locals(entity=Entity)
    cdef fire(self)
    @cython.locals(device=Device)
    cdef wake(self, Entity entity)
    cdef release_job(self, Entity entity)
    cdef _watch_pending(self, Entity entity)
    @cython.locals(carrier=Carrier)
    cdef start_job(self, Entity entity, long long released)
    @cython.locals(place=cython.longlong, index=cython.longlong)
    cdef restart(self, Entity entity)
    @cython.locals(carrier=Carrier)
    cdef _to_carrier(self, Entity entity)
    cdef _set_miss(self, Entity entity, long long due)
    cdef miss(self, Entity entity)
    @cython.locals(core=Core)
    cdef _end_slices(self, long long time)
    @cython.locals(carrier=Carrier, processor=Processor)
    cdef _end_slice(self, Core core)
    @cython.locals(carrier=Carrier, policy=Policy)
    cdef bint _keeps(self, Core core, cause) except -1
    cdef _set_slice(self, Core core, Carrier carrier)
    @cython.locals(carrier=Carrier, task=Entity, policy=Policy)
    cdef _end_task_slice(self, Core core)
    @cython.locals(carrier=Carrier)
    cdef put_behind(self, Core core, cause)
    @cython.locals(processor=Processor)
    cdef _decide(self)
    @cython.locals(core=Core)
    cdef _fill(self, Processor processor)
    @cython.locals(core=Core, victim=Core, carrier=Carrier, policy=Policy)
    cdef _make_way(self, Processor processor)
    @cython.locals(core=Core)
    cdef _review(self, Processor processor)
    @cython.locals(processor=Processor, carrier=Carrier)
    cdef bint dispatch(self, Core core) except -1
    @cython.locals(last=Core)
    cdef Core _home(self, Core core, Carrier carrier)
    @cython.locals(entity=Entity)
    cdef bint _has_task(self, Carrier carrier) except -1
    cdef long long _switch_cost(self, Core core, Carrier carrier) except -1
    @cython.locals(carrier=Carrier, entity=Entity)
    cdef begin(self, Core core)
    @cython.locals(last=Carrier)
    cdef _tell_dispatch(self, Core core, Carrier carrier, long long cost)
    @cython.locals(core=Core, last=Carrier)
    cdef _tell_parted(self)
