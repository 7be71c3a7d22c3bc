// A `lock` block ends where its brace closes or where `return` leaves it: on every way out the
// lock is free again.
//
// Concept: scoped lock
// Verdict: safe
// Twin: scoped_lock_broken.cl
// Source: known as RAII from C++, as `with` from Python, as `defer` from Go
// Checked by: oracle
// Next: add a third way out, a `break` from a loop inside the block.
scenario "A lock given back however its block is left"

shared orders = 1
shared served = 0
lock m

fn serve() {
  lock m {
    if orders == 0 { return false }
    orders -= 1
    served += 1
  }
  return true
}

thread waiter[i in 0..3] { serve() }

expect finally served == 1
expect no deadlock
