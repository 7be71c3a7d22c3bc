// Whoever finds the pot empty wakes the cook and keeps the ladle until the pot is full. Nobody
// else can reach into it meanwhile.
//
// Concept: client and server
// Verdict: safe
// Twin: savages_broken.cl
// Source: G. Andrews: Concurrent Programming, Principles and Practice
// Checked by: oracle
// Next: let the cook fill the pot by himself when one serving is left.
scenario "Dinner from one pot"

shared servings = 0
semaphore ladle(1)
semaphore empty(0)
semaphore full(0)

thread guest[i in 0..2] {
  repeat 2 {
    acquire ladle
    if servings == 0 {
      release empty
      acquire full
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

expect no deadlock
expect no race
