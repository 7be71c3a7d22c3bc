// Thread 1 has had enough after one round. The turn comes back to it a second time, and thread 0
// waits for somebody who has gone home.
//
// Concept: mutual exclusion
// Verdict: starvation
// Twin: attempt1.cl
// Source: M. Ben-Ari: Principles of Concurrent and Distributed Programming, the critical section
//   problem
// Checked by: oracle, hand
// By hand: 0 enters, 1 enters and ends, 0 enters and sets turn = 1; from then on nobody is left
//   who could set it to 0.
// Next: who is to blame: the one who ends, or a protocol that needs the other one's help?
scenario "First attempt: the partner does not come back"

atomic turn = 0
shared owner = 0

thread p[i in 0..2] {
  loop {
    while turn != i { }
    section critical { owner = i }
    turn = 1 - i
    if i == 1 { break }
  }
}

expect at most 1 in critical
expect no race
expect starvation
