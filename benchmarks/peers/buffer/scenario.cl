scenario "Bounded buffer: one lock, two conditions, while loops"

const PRODUCERS = 2
const ITEMS = 3
const CONSUMERS = 2
const CAPACITY = 2

shared used = 0
lock mutex
condition not_full
condition not_empty

thread producer[i in 0..PRODUCERS] {
  repeat ITEMS {
    acquire mutex
    while used == CAPACITY { wait not_full }
    used += 1
    signal not_empty
    release mutex
  }
}

thread consumer[i in 0..CONSUMERS] {
  repeat PRODUCERS * ITEMS / CONSUMERS {
    acquire mutex
    while used == 0 { wait not_empty }
    used -= 1
    signal not_full
    release mutex
  }
}

expect always 0 <= used <= CAPACITY
expect finally used == 0
expect no deadlock
expect no race
