// The place is given back at the beginning of the visit. The semaphore counts correctly, just not
// what is in the room.
//
// Concept: multiplex
// Verdict: exclusion
// Twin: multiplex.cl
// Source: Allen Downey: The Little Book of Semaphores
// Checked by: oracle
// Next: what is the smallest number of places with which this mistake does no harm?
scenario "Leaving before one has left"

atomic inside = 0
semaphore places(2)

thread guest[i in 0..3] {
  acquire places
  release places
  section room {
    inside.add(1)
    work 1
    inside.add(-1)
  }
}

expect reachable inside == 3
