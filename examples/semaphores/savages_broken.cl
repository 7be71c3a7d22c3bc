// It seems kind to let go of the ladle while the cook works. But then the second guest finds the
// pot empty too and wakes the cook again, and the first serving poured may be gone before its
// guest is back.
//
// Concept: client and server
// Verdict: race
// Twin: savages.cl
// Source: G. Andrews: Concurrent Programming, Principles and Practice
// Checked by: oracle
// Next: look again after getting the ladle back (`while` for `if`): what is still wrong?
scenario "The ladle put down while waiting"

shared servings = 0
semaphore ladle(1)
semaphore empty(0)
semaphore full(0)

thread guest[i in 0..2] {
  repeat 2 {
    acquire ladle
    if servings == 0 {
      release ladle
      release empty
      acquire full
      acquire ladle
    }
    assert servings > 0, "an empty pot"
    servings -= 1
    release ladle
  }
}
thread cook with daemon {
  loop {
    acquire empty
    servings = 2
    release full
  }
}

expect race on servings
expect error "an empty pot"
