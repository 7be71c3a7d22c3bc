// Wait until the flag is down, then raise it. It looks like a lock and is none: between the look
// and the raising there is room for everybody.
//
// Concept: spinlock
// Verdict: exclusion
// Twin: test_and_set.cl
// Source: the instruction is as old as the IBM System/360 (test and set)
// Checked by: oracle
// Next: how many of the three can be inside at once?
scenario "A flag as a lock"

atomic taken = false
shared count = 0

thread p[i in 0..3] {
  while taken { }
  taken = true
  section critical { count += 1 }
  taken = false
}

expect outcomes count == {1, 2, 3}
expect race on count
