// Forks are put back under the waiter's eyes only. He stands by somebody who waits for a fork, and
// the one who has it waits for him.
//
// Concept: dining philosophers
// Verdict: deadlock
// Twin: philosophers_waiter.cl
// Source: known as the arbitrator solution
// Checked by: oracle
// Next: what is the rule: what must never need a lock that a waiter may hold?
scenario "A waiter who must be asked for everything"

const SEATS = 3

lock waiter
lock fork[SEATS]

thread philosopher[i in 0..SEATS] {
  let right = (i + 1) % SEATS
  lock waiter { acquire fork[i]; acquire fork[right] }
  work 1
  lock waiter { release fork[right]; release fork[i] }
}

expect deadlock
