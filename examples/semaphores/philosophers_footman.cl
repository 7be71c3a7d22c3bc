// A footman lets only two of three to the table. There is always one free fork more than people
// who wait for one.
//
// Concept: dining philosophers
// Verdict: safe
// Twin: philosophers_footman_broken.cl
// Source: C. A. R. Hoare: Communicating Sequential Processes (1985)
// Checked by: oracle
// Next: does the footman also keep everybody from starving?
scenario "Philosophers and a footman"

const SEATS = 3

semaphore footman(SEATS - 1)
lock fork[SEATS]

thread philosopher[i in 0..SEATS] {
  acquire footman
  lock fork[i] {
    lock fork[(i + 1) % SEATS] { work 1 }
  }
  release footman
}

expect no deadlock
