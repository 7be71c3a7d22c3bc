// Everybody takes the fork with the smaller number first. For the last one that is the one on the
// other side, and the circle of waiting cannot close.
//
// Concept: dining philosophers
// Verdict: safe
// Twin: philosophers_lefty_broken.cl
// Source: E. W. Dijkstra: Hierarchical ordering of sequential processes (1971)
// Checked by: oracle, spin, harmony
// Next: how long can the chain of those who wait for each other become?
scenario "Philosophers, one of them left-handed"

const SEATS = 3

lock fork[SEATS]

thread philosopher[i in 0..SEATS] {
  let left = i
  let right = (i + 1) % SEATS
  lock fork[min(left, right)] {
    lock fork[max(left, right)] { work 1 }
  }
}

expect no deadlock
