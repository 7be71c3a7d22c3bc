// A function that holds the lock calls another one that takes it as well. A recursive lock lets
// its owner in again and counts how often it must be given back.
//
// Concept: recursive lock
// Verdict: safe
// Twin: recursive_broken.cl
// Checked by: oracle
// Next: split `size` into a public function with the lock and a private one without.
scenario "A lock that knows its owner"

shared items = 3
lock m with recursive

fn size() {
  lock m { return items }
}
fn remove() {
  lock m {
    if size() > 0 { items -= 1 }
  }
}

thread worker[i in 0..2] { remove() }

expect finally items == 1
expect no deadlock
