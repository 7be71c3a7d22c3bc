# Numbers of the timed loop, the same as in states.py.
cdef enum:
    # where an entity's time goes
    READY = 0
    RUNNING = 1
    BLOCKED = 2
    IDLE = 3
    DONE = 4
    TAKEN = 5
    # what a core does
    FREE = 0
    SWITCHING = 1
    BUSY = 2
    # kinds of timers, in the order they go off at one moment
    DUE_MISS = 0
    DUE_WAKE = 1
    DUE_AFTER = 2
    DUE_RELEASE = 3
    # what executing a micro-op leads to
    ON = 0
    STAYS = 1
    PARKS = 2
    YIELDS = 3
    # sides of an object at which one can wait
    SIDE_LOCK = 0
    SIDE_RETAKE = 1
    SIDE_READ = 2
    SIDE_WRITE = 3
    SIDE_SEMAPHORE = 4
    SIDE_CONDITION = 5
    SIDE_BARRIER = 6
    SIDE_EVENT = 7
    SIDE_SENDERS = 8
    SIDE_RECEIVERS = 9
    SIDE_END = 10
    SIDE_DEVICE = 11
    SIDE_SLEEP = 12
    SIDE_SELECT = 13
    SIDE_URGENT = 14
    SIDES = 15
    # families: what is served together when an object changes
    OF_LOCK = 0
    OF_RWLOCK = 1
    OF_SEMAPHORE = 2
    OF_EVENT = 3
    OF_CHANNEL = 4
    OF_END = 5
    OF_NONE = 6
