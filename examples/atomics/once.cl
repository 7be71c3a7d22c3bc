// The first look, without the lock, saves the lock when all is done. The second, under the lock,
// finds out whether somebody was quicker.
//
// Concept: initialisation
// Verdict: safe
// Twin: once_broken.cl
// Source: D. Schmidt and T. Harrison: Double-checked locking (1997)
// Checked by: oracle
// Next: in Java before version 5 this was broken for another reason. Which?
scenario "Looked twice, made once"

atomic ready = false
shared made = 0
lock m

thread user[i in 0..2] {
  if not ready {
    lock m {
      if not ready {
        made += 1
        ready = true
      }
    }
  }
}

expect finally made == 1
expect no race
