// Whoever stops eating looks only to the right. The one on the left could eat now, sleeps, and
// nobody else will ever look.
//
// Concept: dining philosophers
// Verdict: deadlock
// Twin: philosophers_state.cl
// Source: A. Tanenbaum: Modern Operating Systems
// Checked by: oracle
// Next: which other line may be left out without anybody noticing for a long time?
scenario "A neighbour who is not woken"

const N = 3

shared hungry[N] = false
shared eating[N] = false
lock table
semaphore may[N](0)

fn test(i) {
  if hungry[i] and not eating[(i + 1) % N] and not eating[(i + N - 1) % N] {
    hungry[i] = false
    eating[i] = true
    release may[i]
  }
}

thread philosopher[i in 0..N] {
  lock table { hungry[i] = true; test(i) }
  acquire may[i]
  section meal { work 1 }
  lock table {
    eating[i] = false
    test((i + 1) % N)
  }
}

expect at most 1 in meal
expect deadlock
