// Subtracting gives the old value in the same step. Exactly one thread sees that it was the last.
//
// Concept: reference counting
// Verdict: safe
// Twin: refcount_broken.cl
// Source: every shared pointer
// Checked by: oracle
// Next: when must a reference be counted before it is passed on?
scenario "The last one turns out the light"

atomic users = 2
atomic freed = 0

thread user[i in 0..2] {
  if users.add(-1) == 1 { freed.add(1) }
}

expect finally freed == 1
