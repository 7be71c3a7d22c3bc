// When both flags are up, each takes its own down for a moment. There is always a way out, but
// they may step back and come again in step with each other, for ever.
//
// Concept: mutual exclusion
// Verdict: livelock
// Twin: dekker.cl
// Source: M. Ben-Ari: Principles of Concurrent and Distributed Programming, the critical section
//   problem
// Checked by: oracle
// Next: wait for a random time before coming back, as networks do. What is lost, what is won?
scenario "Fourth attempt: both step back and try again"

atomic want[2] = false
atomic turn = 0
shared owner = 0

thread p[i in 0..2] {
  loop {
    want[i] = true
    while want[1 - i] {
      want[i] = false
      want[i] = true
    }
    section critical { owner = i }
    turn = 1 - i
    want[i] = false
  }
}

expect at most 1 in critical
expect no race
expect livelock
expect starvation
