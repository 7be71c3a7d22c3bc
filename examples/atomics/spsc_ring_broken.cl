// The producer believes that there is room for one more. It writes over an item that has not been
// taken yet.
//
// Concept: ring buffer
// Verdict: race
// Twin: spsc_ring.cl
// Source: L. Lamport: Specifying concurrent program modules (1983)
// Checked by: oracle
// Next: how would you test for this without a checker?
scenario "A ring with one place too many"

const SIZE = 2

shared slot[SIZE] = 0
atomic written = 0
atomic taken = 0

thread producer {
  for n in 0..3 {
    while written - taken > SIZE { }
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

expect error "overwritten"
expect race on slot
