cimport cython
from conclang.machine.carriers cimport Carrier, Entity
from conclang.machine.ledger cimport Flow, Ledger, Use
from conclang.machine.opcodes_c cimport *
from conclang.machine.policy cimport Draws
from conclang.machine.state cimport Context, Machine
from conclang.machine.states_c cimport *
from conclang.machine.waits cimport Waiting
from conclang.machine.world cimport World

cdef class Meeting:
    cdef public Entity actor, partner
    cdef public long long arm, partner_arm


cdef long long family_after(long long kind) noexcept


cdef class Granting(Ledger):
    cdef public World world
    cdef public Context context
    cdef public Machine machine
    cdef public Draws draws
    cdef public object todo
    cdef public bint serving
    cdef public set closed, inherits, hoare
    cdef public dict ceilings
    cdef public list capacity, parties
    @cython.locals(actor=Entity, woken=list)
    cpdef perform(self, Entity entity, long long kind, Meeting meeting=*)
    cpdef list woken_by(self, long long kind, long long thing)
    @cython.locals(sleeper=Entity)
    cpdef rouse(self, Entity actor, long long kind, list woken)
    cpdef settle_fault(self)
    cpdef report(self, bint inside, Entity actor=*)
    cpdef note_draws(self, Entity entity)
    cpdef follow(self, Entity actor, long long kind, long long thing, Meeting meeting)
    cpdef long long retaken(self, Entity actor, long long kind, long long thing)
    @cython.locals(use=Use)
    cpdef note_taken(self, Entity actor, long long kind, long long thing)
    @cython.locals(use=Use)
    cpdef note_given(self, Entity actor, long long kind, long long thing)
    cpdef after_try(self, Entity actor, long long kind, long long thing)
    @cython.locals(found=Use)
    cpdef Use use(self, family, long long thing)
    @cython.locals(found=Flow)
    cpdef Flow flow(self, long long channel)
    cpdef long long owner(self, long long lock)
    cpdef fall_asleep(self, Entity entity, long long condition)
    @cython.locals(use=Use)
    cpdef drop(self, Entity entity, long long lock)
    cpdef after_signal(self, Entity actor, long long condition, Meeting meeting)
    cpdef to_retake(self, Entity sleeper, Entity by)
    cpdef at_barrier(self, Entity actor, long long barrier)
    @cython.locals(flow=Flow)
    cpdef after_channel(self, Entity actor, long long kind, long long channel, Meeting meeting)
    cpdef arms_of(self, Entity entity)
    cpdef list meetings(self, Entity entity, long long kind)
    @cython.locals(flow=Flow, other=Waiting, sender=Waiting)
    cpdef list _ways(self, Entity entity, long long kind, long long channel, long long arm)
    @cython.locals(found=list, meeting=Meeting, carrier=Carrier)
    cpdef bint on_channel(self, Entity entity, long long kind) except -1
    @cython.locals(actor=Entity)
    cpdef meet(self, Entity entity, long long kind, Meeting meeting)
    cpdef _note_arm(self, Entity entity, long long kind, long long arm)
    cpdef bint _take_default(self, Entity entity) except -1
    cpdef wait_on_select(self, Entity entity)
    cpdef time_out(self, Entity entity)
    @cython.locals(use=Use)
    cpdef block(self, Entity entity, long long side, long long thing)
    cpdef move_wait(self, Entity entity, long long side, long long thing)
    cpdef release(self, Entity entity, Entity by)
    cpdef count_writer(self, long long rwlock, long long change)
    cpdef serve(self, long long family, long long thing, Entity by)
    cpdef bint has_waiting(self, long long family, long long thing)
    @cython.locals(sides=list, head=Waiting, entry=Waiting)
    cpdef _serve_sides(self, long long family, long long thing, Entity by)
    @cython.locals(heir=Entity)
    cpdef _hand_over(self, long long lock, Entity by)
    cpdef bint grant(self, Entity entity, Entity by) except -1
    cpdef lend_priority(self, long long lock, Entity waiting)
    @cython.locals(other=Entity)
    cpdef update_priority(self, Entity entity, long long because=*)
    cpdef _set_priority(self, Entity entity, long long priority, long long because)
    cpdef adopt(self, Entity creator)
    cpdef Entity adopt_one(self, Entity creator, long long number)
    cpdef thing_name(self, long long side, long long thing)
