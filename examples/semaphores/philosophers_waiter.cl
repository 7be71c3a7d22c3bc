// One at a time may pick up forks, and has both before the next one begins. Putting them back
// needs no permission.
//
// Concept: dining philosophers
// Verdict: safe
// Twin: philosophers_waiter_broken.cl
// Source: known as the arbitrator solution
// Checked by: oracle
// Next: what happens to a philosopher far away whose forks are both free?
scenario "Philosophers who order from a waiter"

const SEATS = 3

lock waiter
lock fork[SEATS]

thread philosopher[i in 0..SEATS] {
  let right = (i + 1) % SEATS
  lock waiter { acquire fork[i]; acquire fork[right] }
  work 1
  release fork[right]
  release fork[i]
}

expect no deadlock
