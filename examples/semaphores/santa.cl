// Elves are let in by twos, and the door stays shut until both have been helped. The reindeer are
// asked first: if they are all back, toys can wait.
//
// Concept: assembling groups
// Verdict: safe
// Twin: santa_broken.cl
// Source: J. Trono: A new exercise in concurrency (1994), with nine reindeer and groups of three
//   elves
// Checked by: oracle
// Next: Trono's own solution had a flaw that was found later. Read about it, then model it.
scenario "Santa, his elves and his reindeer"

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
    if elves == 2 { release wake } else { release door }
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

expect finally helped == 2
expect no deadlock
expect no race
