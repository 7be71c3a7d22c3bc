// The new value goes in only while it is larger, and only over the value it was compared with.
//
// Concept: compare and swap
// Verdict: safe
// Twin: maximum_broken.cl
// Checked by: oracle
// Next: a minimum and a maximum that belong together: is one cell for each enough?
scenario "A maximum without a lock"

atomic best = 0

thread player[i in 0..2] {
  let score = 5 + i
  loop {
    let seen = best
    if score <= seen { break }
    if best.cas(seen, score) { break }
  }
}

expect finally best == 6
