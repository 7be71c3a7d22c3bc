// He lets everybody in, and might as well not be there.
//
// Concept: dining philosophers
// Verdict: deadlock
// Twin: philosophers_footman.cl
// Source: C. A. R. Hoare: Communicating Sequential Processes (1985)
// Checked by: oracle
// Next: what if he admits everybody, but only two may hold their first fork?
scenario "A footman who is too kind"

const SEATS = 3

semaphore footman(SEATS)
lock fork[SEATS]

thread philosopher[i in 0..SEATS] {
  acquire footman
  lock fork[i] {
    lock fork[(i + 1) % SEATS] { work 1 }
  }
  release footman
}

expect deadlock
