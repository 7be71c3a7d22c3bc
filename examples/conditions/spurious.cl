// This condition may end a wait without any signal, as many systems do. A loop around the wait
// makes it harmless.
//
// Concept: condition variable
// Verdict: safe
// Twin: spurious_broken.cl
// Source: POSIX and Java allow spurious wake-ups in so many words
// Checked by: oracle
// Next: what may a program do in such a loop besides looking again?
scenario "Woken by nobody"

shared ready = false
lock m
condition changed with spurious

thread starter {
  lock m { ready = true; signal changed }
}
thread runner {
  lock m {
    while not ready { wait changed }
    assert ready, "a false start"
  }
}

expect no deadlock
