// The compare-and-swap says that it failed, and nobody listens. The addition is lost, this time
// without even a wrong write.
//
// Concept: compare and swap
// Verdict: wrong result
// Twin: cas_counter.cl
// Source: M. Herlihy: Wait-free synchronization (1991)
// Checked by: oracle
// Next: does the final value tell how many have failed?
scenario "Tried once"

atomic count = 0

thread p[i in 0..3] {
  let seen = count
  count.cas(seen, seen + 1)
}

expect outcomes count == {1, 2, 3}
