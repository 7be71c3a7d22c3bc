// Everybody draws a ticket and goes to the lock when it is called. Readers call the next one at
// once and so may overlap; nobody is overtaken, whatever the others do.
//
// Concept: readers and writers
// Verdict: safe
// Twin: readers_fair_broken.cl
// Source: J. Mellor-Crummey and M. Scott: Scalable reader-writer synchronization (1991), the
//   ticket variant
// Checked by: hand
// By hand: a ticket is called when the one before it has its side of the lock; each gets its side
//   after finitely many leave, so every ticket is called.
// Next: what is the price of this fairness, compared with either preference?
scenario "Readers and writers in the order of their tickets"

const TICKETS = 3

shared drawn = 0
atomic called = 0
rwlock table with prefer_writers

fn queue() {
  let mine = 0
  atomic { mine = drawn; drawn = (mine + 1) % TICKETS }
  while called != mine { }
  return (mine + 1) % TICKETS
}

thread writer[i in 0..2] {
  loop {
    let following = queue()
    write table { called = following }
  }
}
thread reader {
  loop {
    let following = queue()
    read table { called = following }
  }
}

expect no starvation
expect no race
