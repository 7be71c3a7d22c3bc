// `count += 1` looks like one thing and is two, a read and a write. Between them another thread
// may do the same, and one of the two additions is lost.
//
// Concept: sharing
// Verdict: race
// Twin: counter.cl
// Source: the first example of nearly every book on concurrency
// Checked by: oracle, spin, harmony
// Next: with three threads, what is the smallest possible result? Guess, then check.
scenario "Two threads, one counter"

shared count = 0

fn work_hard() { repeat 2 { count += 1 } }

thread boss {
  let first = spawn work_hard()
  let second = spawn work_hard()
  join first
  join second
}

expect outcomes count == {2, 3, 4}
expect race on count
expect lost_update
