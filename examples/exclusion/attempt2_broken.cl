// Each looks whether the other's flag is down and then raises its own. Both may look before either
// has raised, and both go in.
//
// Concept: mutual exclusion
// Verdict: exclusion
// Twin: attempt2.cl
// Source: M. Ben-Ari: Principles of Concurrent and Distributed Programming, the critical section
//   problem
// Checked by: oracle
// Next: turn the two lines round: that is the third attempt.
scenario "Second attempt: look, then raise the flag"

atomic want[2] = false
shared count = 0

thread p[i in 0..2] {
  while want[1 - i] { }
  want[i] = true
  section critical { count += 1 }
  want[i] = false
}

expect outcomes count == {1, 2}
expect race on count
expect reachable want[0] and want[1]
