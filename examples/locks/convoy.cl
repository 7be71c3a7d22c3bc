// The slow part is done before the lock is taken. Three threads on three cores do it side by side
// and only the short part is in single file.
//
// Concept: lock convoy
// Verdict: safe
// Twin: convoy_broken.cl
// Source: M. Blasgen and others: The convoy phenomenon (1979)
// Checked by: hand
// By hand: all work 0-10 in parallel; the locked parts of 1 tick follow each other and end at 11,
//   12, 13, for which the second waits 1 and the third 2 (synchronisation costs nothing here).
// Next: how many threads fit before the lock becomes the bottleneck?
scenario "Hold a lock for as short as possible"

processor cpu { cores 3  scheduler fifo  cost { sync 0 } }
lock m

thread worker[i in 0..3] {
  work 10
  lock m { work 1 }
}

expect timed makespan == 13
expect timed total(blocked) == 3
expect no deadlock
