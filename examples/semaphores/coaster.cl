// The car lets two people in, runs when both sit, lets them out, and opens again only when both
// are out.
//
// Concept: phases
// Verdict: safe
// Twin: coaster_broken.cl
// Source: Allen Downey: The Little Book of Semaphores, from an exercise of Gregory Andrews
// Checked by: oracle
// Next: two cars on one track, which must not overtake each other.
scenario "The roller coaster"

atomic riding = 0
semaphore board(0)
semaphore seated(0)
semaphore leave(0)
semaphore ashore(0)

thread car {
  repeat 2 {
    repeat 2 { release board }
    repeat 2 { acquire seated }
    assert riding == 2, "too many in the car"
    repeat 2 { release leave }
    repeat 2 { acquire ashore }
  }
}
thread passenger[i in 0..4] {
  acquire board
  riding.add(1)
  release seated
  acquire leave
  riding.add(-1)
  release ashore
}

expect never riding > 2
expect no deadlock
