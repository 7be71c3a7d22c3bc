// Raise your flag, then let the other one go first. Whoever was polite last waits, so exactly one
// of the two passes.
//
// Concept: mutual exclusion
// Verdict: safe
// Twin: peterson_broken.cl
// Source: G. L. Peterson: Myths about the mutual exclusion problem (1981)
// Checked by: oracle, hand, spin, harmony
// By hand: a thread waits only while the other's flag is up and the turn is the other's; the other
//   then passes, and if it comes again it gives the turn away first.
// Next: which of the steps may a modern processor exchange if nobody forbids it?
scenario "Peterson's algorithm"

atomic want[2] = false
atomic turn = 0
shared owner = 0

thread p[i in 0..2] {
  loop {
    want[i] = true
    turn = 1 - i
    while want[1 - i] and turn == 1 - i { }
    section critical { owner = i }
    want[i] = false
  }
}

expect at most 1 in critical
expect no race
expect no starvation
