from conclang.machine.policy cimport Policy, Runnable, View
from conclang.machine.states_c cimport *

cdef class Entity(Runnable):
    cdef public Carrier carrier
    cdef public Pool pool
    cdef public Entity loop, holder
    cdef public bint body, declared, daemon, arrived
    cdef public object kind
    cdef public long long offset, left, asked, zero, state, since, site, ticket
    cdef public long long waits_at, waits_for, taken_kind, taken_channel, blocked_since
    cdef public list special
    cdef public long long start, first_start, finish, running, waiting, blocked
    cdef public dict by
    cdef public long long job, jobs_done, relative
    cdef public object pending
    cdef public long long sum_turnaround, sum_response, sum_waiting, sum_running, sum_blocked


cdef class Carrier(Runnable):
    cdef public Entity current
    cdef public object loop_ready
    cdef public bint shared
    cdef public long long loop_alive, worker, state, last_core
    cdef public Pool pool
    cdef public Processor processor
    cdef public Core parted
    cdef public object parted_cause


cdef class Core:
    cdef public long long index, number, state, at, slice_at, task_at, charged, busy, switching
    cdef public Processor processor
    cdef public Carrier carrier, last
    cdef public object requeue


cdef class Processor:
    cdef public object name
    cdef public Policy policy
    cdef public View view
    cdef public list cores, costs
    cdef public long long switch_cost, migration_cost, waiting, assigned
    cdef public bint dirty, preemptive, stepwise


cdef class Pool:
    cdef public long long index
    cdef public object name
    cdef public Policy policy
    cdef public View view
    cdef public list workers


cdef class Device:
    cdef public object name, queue
    cdef public long long width, serving
