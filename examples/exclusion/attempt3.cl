// Both raise the flag before they look. If both are up, thread 1 takes its flag down until thread
// 0 has passed: one bit for each thread is enough, if they are not equal.
//
// Concept: mutual exclusion
// Verdict: safe
// Twin: attempt3_broken.cl
// Source: J. E. Burns and L. Lamport, independently: the one-bit algorithm
// Checked by: oracle
// Next: let both come for ever: can thread 1 be kept out?
scenario "Third attempt, mended: one of the two gives way"

atomic want[2] = false
shared count = 0

thread p[i in 0..2] {
  want[i] = true
  while want[1 - i] {
    if i == 1 {
      want[1] = false
      while want[0] { }
      want[1] = true
    }
  }
  section critical { count += 1 }
  want[i] = false
}

expect at most 1 in critical
expect outcomes count == {2}
expect no livelock
