// Everybody has a left fork in the hand and waits for the right one, which is somebody's left one.
//
// Concept: dining philosophers
// Verdict: deadlock
// Twin: philosophers_lefty.cl
// Source: E. W. Dijkstra: Hierarchical ordering of sequential processes (1971)
// Checked by: oracle, spin, harmony
// Next: with -D SEATS=5 the shortest way into it has how many steps?
scenario "Philosophers who all take the left fork first"

const SEATS = 3

lock fork[SEATS]

thread philosopher[i in 0..SEATS] {
  let left = i
  let right = (i + 1) % SEATS
  lock fork[left] {
    lock fork[right] { work 1 }
  }
}

expect deadlock
