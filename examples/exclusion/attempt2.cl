// Looking whether the other is inside and raising one's own flag must not be two steps. As one
// indivisible step it is right, and that is what special instructions of the hardware are for.
//
// Concept: mutual exclusion
// Verdict: safe
// Twin: attempt2_broken.cl
// Source: M. Ben-Ari: Principles of Concurrent and Distributed Programming, the critical section
//   problem
// Checked by: oracle
// Next: which smaller indivisible instruction would be enough?
scenario "Second attempt, mended: look and raise in one step"

atomic want[2] = false
shared count = 0

thread p[i in 0..2] {
  let entered = false
  while not entered {
    atomic {
      if not want[1 - i] { want[i] = true; entered = true }
    }
  }
  section critical { count += 1 }
  want[i] = false
}

expect at most 1 in critical
expect outcomes count == {2}
expect no race
