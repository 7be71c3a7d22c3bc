// Two turnstiles, opened in turn: nobody begins the next round before everybody has left this one.
// The last one in opens the second, the last one out the first.
//
// Concept: barrier
// Verdict: safe
// Twin: turnstiles_broken.cl
// Source: Allen Downey: The Little Book of Semaphores, the reusable barrier
// Checked by: oracle
// Next: replace all of it by the `barrier` of the language.
scenario "A barrier for every round"

atomic round[2] = 0
shared count = 0
lock m
semaphore front(0)
semaphore back(1)

thread p[i in 0..2] {
  for r in 1..3 {
    round[i] = r
    lock m {
      count += 1
      if count == 2 { acquire back; release front }
    }
    acquire front
    release front
    assert round[1 - i] >= r, "left behind"
    lock m {
      count -= 1
      if count == 0 { acquire front; release back }
    }
    acquire back
    release back
  }
}

expect no deadlock
expect no race
