// The hardware exchanges a word in one step: put in `true` and look what was there. Whoever got
// `false` out has the lock.
//
// Concept: spinlock
// Verdict: safe
// Twin: test_and_set_broken.cl
// Source: the instruction is as old as the IBM System/360 (test and set)
// Checked by: oracle
// Next: look first and exchange only if it seems free: does that help the other cores?
scenario "A lock from one exchange"

atomic taken = false
shared count = 0

thread p[i in 0..3] {
  while taken.swap(true) { }
  section critical { count += 1 }
  taken = false
}

expect at most 1 in critical
expect outcomes count == {3}
expect no race
