// The leader opens the door as soon as it has found a partner. The next pair comes in while the
// first is still dancing.
//
// Concept: queue
// Verdict: exclusion
// Twin: dancers.cl
// Source: Allen Downey: The Little Book of Semaphores, the exclusive queue
// Checked by: oracle
// Next: can a leader end up with somebody else's follower?
scenario "A door that opens too early"

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
  release door
  leading.add(1)
  acquire danced
  leading.add(-1)
}
thread follower[i in 0..2] {
  come(1)
  release danced
}

expect reachable leading == 2
expect no deadlock
