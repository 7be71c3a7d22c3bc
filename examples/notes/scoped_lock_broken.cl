// With acquire and release by hand the way out in the middle is easily forgotten. The waiter that
// finds no order leaves with the lock in its pocket, and the next one waits for ever.
//
// Concept: scoped lock
// Verdict: deadlock
// Twin: scoped_lock.cl
// Source: known as RAII from C++, as `with` from Python, as `defer` from Go
// Checked by: oracle
// Next: where would the missing line have to go, and who makes sure that the next editor puts it
//   there?
scenario "An early return that keeps the lock"

shared orders = 1
shared served = 0
lock m

fn serve() {
  acquire m
  if orders == 0 { return false }
  orders -= 1
  served += 1
  release m
  return true
}

thread waiter[i in 0..3] { serve() }

expect possible served == 1
expect deadlock
