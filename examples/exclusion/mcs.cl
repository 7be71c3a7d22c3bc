// Everybody waits at a flag of its own, in a queue linked from front to back. Whoever leaves
// without seeing a successor makes sure, in one step, that there is none.
//
// Concept: spinlock
// Verdict: safe
// Twin: mcs_broken.cl
// Source: J. Mellor-Crummey and M. Scott: Algorithms for scalable synchronization on shared-memory
//   multiprocessors (1991)
// Checked by: oracle
// Next: with three threads in the queue, who writes into whose place?
scenario "The queue lock of Mellor-Crummey and Scott"

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
  if after[i] == NOBODY { last = tail.cas(i, NOBODY) }
  if not last {
    while after[i] == NOBODY { }
    waits[after[i]] = false
  }
}

expect at most 1 in critical
expect outcomes count == {2}
expect no livelock
