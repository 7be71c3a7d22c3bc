// `try_acquire` never waits. If it says no, the thread has other work and leaves the lock alone.
//
// Concept: try lock
// Verdict: safe
// Twin: try_lock_broken.cl
// Checked by: oracle
// Next: count how often the second way is taken. Can it be taken by both?
scenario "Try, or do something else"

shared served = 0
atomic skipped = 0
lock m

thread worker[i in 0..2] {
  if try_acquire m {
    served += 1
    release m
  } else {
    skipped.add(1)
  }
}

expect outcomes (served, skipped) == {(1, 1), (2, 0)}
expect no race
