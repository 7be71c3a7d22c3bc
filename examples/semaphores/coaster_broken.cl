// The car opens for the next two as soon as it has called the first two out. There are only two
// seats.
//
// Concept: phases
// Verdict: exclusion
// Twin: coaster.cl
// Source: Allen Downey: The Little Book of Semaphores, from an exercise of Gregory Andrews
// Checked by: oracle
// Next: could the passengers themselves keep order, without the car waiting?
scenario "Boarding while others get out"

atomic riding = 0
semaphore board(0)
semaphore seated(0)
semaphore leave(0)

thread car {
  repeat 2 {
    repeat 2 { release board }
    repeat 2 { acquire seated }
    assert riding == 2, "too many in the car"
    repeat 2 { release leave }
  }
}
thread passenger[i in 0..4] {
  acquire board
  riding.add(1)
  release seated
  acquire leave
  riding.add(-1)
}

expect reachable riding > 2
expect error "too many in the car"
