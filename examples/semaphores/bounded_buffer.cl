// Producer and consumer share a buffer. The consumer waits until there is an item, and only then
// takes the lock on the buffer; while it waits it holds nothing.
//
// Concept: bounded buffer
// Verdict: safe
// Twin: bounded_buffer_broken.cl
// Source: E. W. Dijkstra: Cooperating sequential processes (1965)
// Checked by: oracle
// Next: two producers and two consumers: does anything change?
scenario "First the place, then the lock"

shared used = 0
semaphore mutex(1)
semaphore items(0)
semaphore spaces(1)

thread producer {
  repeat 2 {
    acquire spaces
    acquire mutex
    used += 1
    release mutex
    release items
  }
}
thread consumer {
  repeat 2 {
    acquire items
    acquire mutex
    used -= 1
    release mutex
    release spaces
  }
}

expect always 0 <= used <= 1
expect finally used == 0
expect no race
