// The best way to share is not to: each thread counts for itself, and the sum is made when both
// have finished. No lock, no waiting, no race.
//
// Concept: sharing
// Verdict: safe
// Twin: counter_broken.cl
// Checked by: oracle
// Next: what if somebody wants to see the sum while the threads still count?
scenario "A counter of one's own for everybody"

shared count = 0
shared mine[2] = 0

fn work_hard(i) { repeat 2 { mine[i] += 1 } }

thread boss {
  let first = spawn work_hard(0)
  let second = spawn work_hard(1)
  join first
  join second
  count = mine[0] + mine[1]
}

expect finally count == 4
expect no race
expect no lost_update
