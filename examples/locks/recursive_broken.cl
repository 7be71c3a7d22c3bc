// A plain lock does not ask who comes. The thread stands before a door of which it holds the key.
//
// Concept: recursive lock
// Verdict: deadlock
// Twin: recursive.cl
// Checked by: oracle
// Next: which of the two threads gets stuck, and what happens to the other?
scenario "A thread that waits for itself"

shared items = 3
lock m

fn size() {
  lock m { return items }
}
fn remove() {
  lock m {
    if size() > 0 { items -= 1 }
  }
}

thread worker[i in 0..2] { remove() }

expect never items == 1
expect deadlock
