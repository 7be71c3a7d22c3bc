// The first reader to come turns the light on, the last to go turns it off, and the writer works
// in the dark. A small lock keeps the count of the readers right.
//
// Concept: readers and writers
// Verdict: safe
// Twin: readers_first_broken.cl
// Source: P. Courtois, F. Heymans, D. Parnas: Concurrent control with readers and writers (1971)
// Checked by: oracle
// Next: three readers that come and go for ever: when does the writer get in?
scenario "The light switch"

shared page = 0
shared readers = 0
lock m
semaphore dark(1)

thread reader[i in 0..2] {
  lock m {
    readers += 1
    if readers == 1 { acquire dark }
  }
  let seen = page
  lock m {
    readers -= 1
    if readers == 0 { release dark }
  }
  assert seen <= 1
}
thread writer { acquire dark; page += 1; release dark }

expect finally page == 1 and readers == 0
expect no race
expect no deadlock
