// Read, compute, and put the result in only if the cell still holds what was read. If not, begin
// again.
//
// Concept: compare and swap
// Verdict: safe
// Twin: cas_counter_broken.cl
// Source: M. Herlihy: Wait-free synchronization (1991)
// Checked by: oracle
// Next: can a thread try for ever? And all of them?
scenario "Try again until nobody came between"

atomic count = 0

thread p[i in 0..3] {
  loop {
    let seen = count
    if count.cas(seen, seen + 1) { break }
  }
}

expect outcomes count == {3}
expect no lost_update
