// A signal says that there was an item, not that it is still there. The consumer looks again with
// `while` before it takes anything.
//
// Concept: condition variable
// Verdict: safe
// Twin: while_not_if_broken.cl
// Source: B. Lampson and D. Redell: Experience with processes and monitors in Mesa (1980)
// Checked by: oracle
// Next: let the producer signal before it adds the item. Is that still right?
scenario "Look again after waking"

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
    while items == 0 { wait filled }
    assert items > 0, "taken from nothing"
    items -= 1
  }
}

expect finally items == 0
expect no deadlock
