// The first solution for two threads: both announce themselves, and if both want in, a turn says
// who insists and who steps back. The turn counts only in that case, so nobody needs a partner.
//
// Concept: mutual exclusion
// Verdict: safe
// Twin: dekker_broken.cl
// Source: T. J. Dekker, told by E. W. Dijkstra: Cooperating sequential processes (1965)
// Checked by: oracle, hand
// By hand: if both flags stay up, the turn is fixed: one steps back until the turn changes, the
//   other finds its flag down, passes, and hands the turn over.
// Next: let one thread end after a round; unlike in the first attempt nothing bad happens.
scenario "Dekker's algorithm"

atomic want[2] = false
atomic turn = 0
shared owner = 0

thread p[i in 0..2] {
  loop {
    want[i] = true
    while want[1 - i] {
      if turn != i {
        want[i] = false
        while turn != i { }
        want[i] = true
      }
    }
    section critical { owner = i }
    turn = 1 - i
    want[i] = false
  }
}

expect at most 1 in critical
expect no race
expect no livelock
expect no starvation
