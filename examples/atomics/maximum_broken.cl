// Compared with the old record, written over the new one. Loads and stores are atomic, the
// decision is not.
//
// Concept: compare and swap
// Verdict: wrong result
// Twin: maximum.cl
// Checked by: oracle
// Next: how would `swap` do here?
scenario "A record overwritten by a lower one"

atomic best = 0

thread player[i in 0..2] {
  let score = 5 + i
  loop {
    let seen = best
    if score <= seen { break }
    best = score
    break
  }
}

expect outcomes best == {5, 6}
