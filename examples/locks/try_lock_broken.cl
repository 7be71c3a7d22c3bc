// The answer of `try_acquire` is stored and forgotten. The thread goes on as if it had the lock;
// where it does not, two are inside, and the release at the end is an error.
//
// Concept: try lock
// Verdict: error
// Twin: try_lock.cl
// Checked by: oracle
// Next: why does a warning not appear here, when it would for a bare `try_acquire m`?
scenario "Tried, not looked at"

shared served = 0
atomic skipped = 0
lock m

thread worker[i in 0..2] {
  let mine = try_acquire m
  served += 1
  release m
  if not mine { skipped.add(1) }
}

expect error "release of a lock not held"
expect race on served
