// There is one runner and one starter, nobody can steal anything, and still `if` is wrong: the
// wait may simply end.
//
// Concept: condition variable
// Verdict: wrong result
// Twin: spurious.cl
// Source: POSIX and Java allow spurious wake-ups in so many words
// Checked by: oracle
// Next: without `with spurious` this file is right. Would you leave it so?
scenario "A false start"

shared ready = false
lock m
condition changed with spurious

thread starter {
  lock m { ready = true; signal changed }
}
thread runner {
  lock m {
    if not ready { wait changed }
    assert ready, "a false start"
  }
}

expect error "a false start"
