// Both see that nothing has been made. The lock lets them in one after the other, and both make
// it.
//
// Concept: initialisation
// Verdict: wrong result
// Twin: once.cl
// Source: D. Schmidt and T. Harrison: Double-checked locking (1997)
// Checked by: oracle
// Next: when would making it twice be harmless?
scenario "Looked once, made twice"

atomic ready = false
shared made = 0
lock m

thread user[i in 0..2] {
  if not ready {
    lock m {
      made += 1
      ready = true
    }
  }
}

expect outcomes made == {1, 2}
expect no race
