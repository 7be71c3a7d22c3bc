// Nobody holds a single fork. Who finds a neighbour eating goes to sleep, and whoever stops eating
// looks at both neighbours and wakes those that can eat now.
//
// Concept: dining philosophers
// Verdict: safe
// Twin: philosophers_state_broken.cl
// Source: A. Tanenbaum: Modern Operating Systems
// Checked by: oracle
// Next: can two neighbours work together to keep the one between them hungry? Try four seats.
scenario "Philosophers who take both forks or none"

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
    test((i + N - 1) % N)
  }
}

expect at most 1 in meal
expect no deadlock
expect no race
