// Each tells the other that it has arrived, and only then waits for it. Neither goes on before
// both are there.
//
// Concept: rendezvous
// Verdict: safe
// Twin: rendezvous_broken.cl
// Source: Allen Downey: The Little Book of Semaphores
// Checked by: oracle, spin, harmony
// Next: let only one of them wait first: is that a deadlock too?
scenario "Rendezvous: signal, then wait"

shared here[2] = false
semaphore arrived[2](0)

thread p[i in 0..2] {
  here[i] = true
  release arrived[i]
  acquire arrived[1 - i]
  assert here[1 - i]
}

expect no deadlock
expect no race
