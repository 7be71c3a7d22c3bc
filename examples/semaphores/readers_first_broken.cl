// The count is changed without the lock. Two readers may both think that they are the first, or
// both that they are not the last, and the light stays on for ever.
//
// Concept: readers and writers
// Verdict: race
// Twin: readers_first.cl
// Source: P. Courtois, F. Heymans, D. Parnas: Concurrent control with readers and writers (1971)
// Checked by: oracle
// Next: find the schedule on which the page is read while it is written.
scenario "A light switch without its lock"

shared page = 0
shared readers = 0
semaphore dark(1)

thread reader[i in 0..2] {
  readers += 1
  if readers == 1 { acquire dark }
  let seen = page
  readers -= 1
  if readers == 0 { release dark }
  assert seen <= 1
}
thread writer { acquire dark; page += 1; release dark }

expect race on readers
expect reachable page == 1 and readers == 2
expect deadlock
