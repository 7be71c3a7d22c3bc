// A single word says whose turn it is. Never two inside, and as long as both keep coming, both get
// in, again and again.
//
// Concept: mutual exclusion
// Verdict: safe
// Twin: attempt1_broken.cl
// Source: M. Ben-Ari: Principles of Concurrent and Distributed Programming, the critical section
//   problem
// Checked by: oracle, hand
// By hand: whoever stands at the door with turn != i waits for the other, who is never stopped by
//   anything but the turn and hands it over once it has passed.
// Next: let one of them need the section twice as often as the other.
scenario "First attempt: take turns"

atomic turn = 0
shared owner = 0

thread p[i in 0..2] {
  loop {
    while turn != i { }
    section critical { owner = i }
    turn = 1 - i
  }
}

expect at most 1 in critical
expect no race
expect no starvation
