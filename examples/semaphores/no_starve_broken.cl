// A weak semaphore serves somebody who waits, not the one who waits longest. Two threads can hand
// it to each other for ever while the third looks on.
//
// Concept: fairness
// Verdict: starvation
// Twin: no_starve.cl
// Source: J. Morris: A starvation-free solution to the mutual exclusion problem (1979)
// Checked by: hand
// By hand: thread 2 waits; 0 gives the unit to 1, comes round and waits, 1 gives it to 0, and so
//   on: whenever a unit is given somebody other than 2 is waiting too.
// Next: why are two threads safe at such a semaphore?
scenario "A plain semaphore and three threads"

semaphore door(1)

thread p[i in 0..3] {
  loop {
    acquire door
    section critical { }
    release door
  }
}

expect at most 1 in critical
expect starvation
