// Each waits for the other's signal before it gives its own. It is the same two lines in the other
// order.
//
// Concept: rendezvous
// Verdict: deadlock
// Twin: rendezvous.cl
// Source: Allen Downey: The Little Book of Semaphores
// Checked by: oracle
// Next: count the complete schedules of both: why are there so few here?
scenario "Rendezvous: wait, then signal"

shared here[2] = false
semaphore arrived[2](0)

thread p[i in 0..2] {
  here[i] = true
  acquire arrived[1 - i]
  release arrived[i]
  assert here[1 - i]
}

expect possible here[0] and here[1]
expect deadlock
