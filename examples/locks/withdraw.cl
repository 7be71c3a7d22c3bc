// Whether there is enough on the account, and taking it, belong together. One lock block holds
// both.
//
// Concept: atomicity
// Verdict: safe
// Twin: withdraw_broken.cl
// Source: S. Lu and others: Learning from mistakes (2008), on atomicity violations
// Checked by: oracle, hand
// By hand: the lock is held from the read of the balance to the write, so nobody can change it in
//   between.
// Next: let the second look at the balance (`enough`) happen outside, and check again inside.
scenario "Check and act under one lock"

shared balance = 100
lock m

thread customer[i in 0..2] {
  lock m {
    let enough = balance >= 100
    if enough { balance -= 100 }
  }
}

expect outcomes balance == {0}
expect no race
expect no atomicity
