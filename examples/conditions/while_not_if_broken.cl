// Between the signal and the moment the sleeper has the lock again, another consumer walks in and
// takes the item.
//
// Concept: condition variable
// Verdict: wrong result
// Twin: while_not_if.cl
// Source: B. Lampson and D. Redell: Experience with processes and monitors in Mesa (1980)
// Checked by: oracle
// Next: how many consumers does it take? Try one.
scenario "`if` instead of `while`"

shared items = 0
lock m
condition filled

thread producer {
  repeat 2 {
    lock m { items += 1; signal filled }
  }
}
thread consumer[i in 0..2] {
  lock m {
    if items == 0 { wait filled }
    assert items > 0, "taken from nothing"
    items -= 1
  }
}

expect error "taken from nothing"
