// Whoever may have to write asks for the writing side at once. It keeps others from reading for a
// while, and nobody gets stuck.
//
// Concept: readers and writers
// Verdict: safe
// Twin: upgrade_broken.cl
// Checked by: oracle
// Next: read first, give the lock back, then write: what must be looked at again?
scenario "Take the writing side from the start"

shared cached = 0
rwlock table

thread user[i in 0..2] {
  write table {
    if cached == 0 { cached = 42 }
  }
}

expect finally cached == 42
expect no deadlock
expect no race
