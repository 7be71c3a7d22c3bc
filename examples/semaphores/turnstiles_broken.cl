// One turnstile only. A fast thread runs round, finds it still open and passes a second time,
// while the slow one has not yet left the first round.
//
// Concept: barrier
// Verdict: wrong result
// Twin: turnstiles.cl
// Source: Allen Downey: The Little Book of Semaphores, the reusable barrier
// Checked by: oracle
// Next: is the barrier sound if it is used once?
scenario "A barrier that can be lapped"

atomic round[2] = 0
shared count = 0
lock m
semaphore front(0)

thread p[i in 0..2] {
  for r in 1..3 {
    round[i] = r
    lock m {
      count += 1
      if count == 2 { release front }
    }
    acquire front
    release front
    assert round[1 - i] >= r, "left behind"
    lock m {
      count -= 1
      if count == 0 { acquire front }
    }
  }
}

expect error "left behind"
