// Producer and consumers sleep at one condition. A signal meant for the producer wakes a consumer,
// who finds nothing and goes back to sleep; the producer was not told.
//
// Concept: condition variable
// Verdict: deadlock
// Twin: two_conditions.cl
// Source: P. Brinch Hansen and C. A. R. Hoare on monitors (1973, 1974)
// Checked by: oracle
// Next: replay the shortest schedule and name who sleeps at the end, and for what.
scenario "One condition for two questions"

shared items = 0
lock m
condition changed

thread producer {
  repeat 2 {
    lock m {
      while items == 1 { wait changed }
      items += 1
      signal changed
    }
  }
}
thread consumer[i in 0..2] {
  lock m {
    while items == 0 { wait changed }
    items -= 1
    signal changed
  }
}

expect possible items == 0
expect deadlock
