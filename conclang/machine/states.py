"""Numbers of the timed loop: what entities and cores are at, where one waits.

`states_c.pxd` says the same for C; a test compares the two.
"""

from __future__ import annotations

# where an entity's time goes
READY = 0
RUNNING = 1
BLOCKED = 2
IDLE = 3
DONE = 4
TAKEN = 5  # of a carrier: a core is switching to it
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

SIDE_WORDS = {
    SIDE_LOCK: "lock",
    SIDE_RETAKE: "lock",
    SIDE_READ: "rwlock",
    SIDE_WRITE: "rwlock",
    SIDE_SEMAPHORE: "semaphore",
    SIDE_CONDITION: "condition",
    SIDE_BARRIER: "barrier",
    SIDE_EVENT: "event",
    SIDE_SENDERS: "channel",
    SIDE_RECEIVERS: "channel",
    SIDE_END: "end",
    SIDE_DEVICE: "device",
    SIDE_SLEEP: "sleep",
    SIDE_SELECT: "select",
    SIDE_URGENT: "lock",
}
"""In words what kind of thing a side belongs to."""
