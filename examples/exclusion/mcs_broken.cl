// The leaving thread sees no successor and empties the queue with a plain store. A thread that was
// already in it, but not linked yet, waits for a word that nobody will ever write.
//
// Concept: spinlock
// Verdict: livelock
// Twin: mcs.cl
// Source: J. Mellor-Crummey and M. Scott: Algorithms for scalable synchronization on shared-memory
//   multiprocessors (1991)
// Checked by: oracle
// Next: what else could go wrong with a third thread?
scenario "A queue lock that forgets the one who is just coming"

const NOBODY = -1

atomic tail = NOBODY
atomic after[2] = NOBODY
atomic waits[2] = false
shared count = 0

thread p[i in 0..2] {
  let before = tail.swap(i)
  if before != NOBODY {
    waits[i] = true
    after[before] = i
    while waits[i] { }
  }
  section critical { count += 1 }
  let last = false
  if after[i] == NOBODY { tail = NOBODY; last = true }
  if not last {
    while after[i] == NOBODY { }
    waits[after[i]] = false
  }
}

expect at most 1 in critical
expect livelock
