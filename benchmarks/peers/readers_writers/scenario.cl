scenario "Readers and writers on one readers-writer lock"

const READERS = 3
const WRITERS = 2
const ROUNDS = 2

shared value = 0
rwlock table

thread reader[i in 0..READERS] {
  repeat ROUNDS {
    acquire read table
    let first = value
    assert value == first, "the value changed under a reader"
    release read table
  }
}

thread writer[i in 0..WRITERS] {
  repeat ROUNDS {
    acquire write table
    value += 1
    release write table
  }
}

expect finally value == WRITERS * ROUNDS
expect no deadlock
expect no race
