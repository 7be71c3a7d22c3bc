// Each elf rings, not only the one who completes the group. Santa gets up for a single elf and has
// nothing to do.
//
// Concept: assembling groups
// Verdict: wrong result
// Twin: santa.cl
// Source: J. Trono: A new exercise in concurrency (1994), with nine reindeer and groups of three
//   elves
// Checked by: oracle
// Next: what if he went back to sleep instead of complaining?
scenario "Santa is woken by every elf"

atomic helped = 0
shared elves = 0
shared back = 0
lock m
semaphore door(1)
semaphore wake(0)
semaphore help(0)

thread reindeer[i in 0..2] {
  lock m {
    back += 1
    if back == 2 { release wake }
  }
}
thread elf[i in 0..2] {
  acquire door
  lock m {
    elves += 1
    release wake
    if elves < 2 { release door }
  }
  acquire help
  helped.add(1)
  lock m {
    elves -= 1
    if elves == 0 { release door }
  }
}
thread santa {
  repeat 2 {
    acquire wake
    lock m {
      if back == 2 {
        back = 0
      } else {
        assert elves == 2, "woken for nothing"
        release help
        release help
      }
    }
  }
}

expect error "woken for nothing"
