// Those who wait for an item and those who wait for a place ask different questions, and wait at
// different conditions. A signal always reaches somebody whom it concerns.
//
// Concept: condition variable
// Verdict: safe
// Twin: two_conditions_broken.cl
// Source: P. Brinch Hansen and C. A. R. Hoare on monitors (1973, 1974)
// Checked by: oracle
// Next: keep one condition and wake everybody: right again, at which price?
scenario "A condition for each question"

shared items = 0
lock m
condition filled
condition freed

thread producer {
  repeat 2 {
    lock m {
      while items == 1 { wait freed }
      items += 1
      signal filled
    }
  }
}
thread consumer[i in 0..2] {
  lock m {
    while items == 0 { wait filled }
    items -= 1
    signal freed
  }
}

expect finally items == 0
expect no deadlock
