// Both have the reading side and ask for the writing side as well. Each waits for the other reader
// to leave, and neither leaves.
//
// Concept: readers and writers
// Verdict: deadlock
// Twin: upgrade.cl
// Checked by: oracle
// Next: how many readers does it take?
scenario "A reader that wants to become a writer"

shared cached = 0
rwlock table

thread user[i in 0..2] {
  read table {
    if cached == 0 { write table { cached = 42 } }
  }
}

expect never cached == 42
expect deadlock
expect no race
