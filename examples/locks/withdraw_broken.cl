// Every access is locked, a race detector is content. Between the two blocks the account is open,
// and the other customer empties it.
//
// Concept: atomicity
// Verdict: atomicity
// Twin: withdraw.cl
// Source: S. Lu and others: Learning from mistakes (2008), on atomicity violations
// Checked by: oracle, hand, spin, harmony
// By hand: both customers read 100 in their first block before either subtracts: 100 - 100 - 100 =
//   -100.
// Next: is there a way to write it with two blocks that is right?
scenario "Check under the lock, act under the lock, not both at once"

shared balance = 100
lock m

thread customer[i in 0..2] {
  let enough = false
  lock m { enough = balance >= 100 }
  if enough { lock m { balance -= 100 } }
}

expect outcomes balance == {-100, 0}
expect no race
expect atomicity
