scenario "Readers and writers with a hand-made monitor"

const READERS = 3
const WRITERS = 2
const ROUNDS = 2

shared value = 0
shared readers = 0
shared writers = 0
lock mutex
condition can_read
condition can_write

thread reader[i in 0..READERS] {
  repeat ROUNDS {
    acquire mutex
    while writers > 0 { wait can_read }
    readers += 1
    release mutex
    let first = value
    assert value == first, "the value changed under a reader"
    acquire mutex
    readers -= 1
    if readers == 0 { signal can_write }
    release mutex
  }
}

thread writer[i in 0..WRITERS] {
  repeat ROUNDS {
    acquire mutex
    while readers > 0 or writers > 0 { wait can_write }
    writers = 1
    release mutex
    value += 1
    acquire mutex
    writers = 0
    signal can_write
    broadcast can_read
    release mutex
  }
}

expect finally value == WRITERS * ROUNDS
expect no deadlock
expect no race
