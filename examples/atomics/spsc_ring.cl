// Two positions that only grow: the producer moves the one, the consumer the other, and neither
// ever writes the other's. No lock and no compare-and-swap is needed.
//
// Concept: ring buffer
// Verdict: safe
// Twin: spsc_ring_broken.cl
// Source: L. Lamport: Specifying concurrent program modules (1983)
// Checked by: oracle
// Next: let the positions wrap around. How do you tell full from empty?
scenario "A ring for one producer and one consumer"

const SIZE = 2

shared slot[SIZE] = 0
atomic written = 0
atomic taken = 0

thread producer {
  for n in 0..3 {
    while written - taken == SIZE { }
    slot[n % SIZE] = n
    written = n + 1
  }
}
thread consumer {
  for n in 0..3 {
    while written == n { }
    assert slot[n % SIZE] == n, "overwritten"
    taken = n + 1
  }
}

expect no race
