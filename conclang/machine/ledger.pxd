cimport cython
from conclang.machine.carriers cimport Carrier, Core, Device, Entity, Pool, Processor
from conclang.machine.policy cimport Policy
from conclang.machine.states_c cimport *
from conclang.machine.timers cimport Timers
from conclang.machine.waits cimport Waits

cdef class Use:
    cdef public long long acquisitions, contended, held
    cdef public dict since


cdef class Flow:
    cdef public long long sent, received, longest, length


cdef class Ledger:
    cdef public object program, listener, names, chosen
    cdef public bint listening, draining, keeps_output
    cdef public long long now, unfinished, alive_periodic
    cdef public list entities, carriers, cores, processors, pools, devices
    cdef public Waits waits
    cdef public Timers timers
    cdef public long long switches, migrations, misses, seq, steps
    cdef public list output, inversions, choices
    cdef public dict locks, channels
    cdef public long long longest, choice_count
    cdef public unsigned long long choice_sum
    cpdef emit(self, kind, Entity entity, thing=*, value=*)
    cpdef tell(self, kind, long long core, name, value)
    cpdef long long core_of(self, Entity entity)
    cpdef chose(self, long long core, long long thread, long long branch)
    cpdef enter(self, Entity entity, long long state)
    @cython.locals(carrier=Carrier, entity=Entity)
    cpdef charge(self, Core core)
    @cython.locals(processor=Processor)
    cpdef carrier_ready(self, Carrier carrier, cause)
    @cython.locals(best=Processor, processor=Processor)
    cpdef Processor settle(self, Carrier carrier)
    @cython.locals(carrier=Carrier)
    cpdef make_ready(self, Entity entity, cause)
    @cython.locals(worker=Carrier, loop=Entity)
    cpdef _task_ready(self, Entity entity, cause)
    @cython.locals(worker=Carrier, pool=Pool)
    cpdef _offer(self, Entity entity, cause)
    @cython.locals(loop=Entity, follower=Entity)
    cpdef free_loop(self, Entity entity)
    cpdef at(self, long long time, long long kind, Entity entity)
    cpdef bint is_over(self)


@cython.locals(low=cython.ulonglong, factor=cython.ulonglong, bits=cython.ulonglong)
cdef unsigned long long mixed(unsigned long long value, long long part) noexcept
