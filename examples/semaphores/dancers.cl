// A leader and a follower go to the floor as a pair, one pair at a time. The leader keeps the door
// closed until its follower has danced.
//
// Concept: queue
// Verdict: safe
// Twin: dancers_broken.cl
// Source: Allen Downey: The Little Book of Semaphores, the exclusive queue
// Checked by: oracle
// Next: let a waiting leader go home when somebody calls it.
scenario "Leaders and followers"

atomic leading = 0
shared waiting = [0, 0]
semaphore door(1)
semaphore queue[2](0)
semaphore danced(0)

fn come(kind) {
  acquire door
  if waiting[1 - kind] > 0 {
    waiting[1 - kind] -= 1
    release queue[1 - kind]
  } else {
    waiting[kind] += 1
    release door
    acquire queue[kind]
  }
}

thread leader[i in 0..2] {
  come(0)
  leading.add(1)
  acquire danced
  leading.add(-1)
  release door
}
thread follower[i in 0..2] {
  come(1)
  release danced
}

expect never leading == 2
expect no deadlock
expect no race
