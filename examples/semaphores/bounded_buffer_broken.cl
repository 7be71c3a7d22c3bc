// The consumer waits for an item with the lock in its hand. The producer has the item and cannot
// put it in.
//
// Concept: bounded buffer
// Verdict: deadlock
// Twin: bounded_buffer.cl
// Source: E. W. Dijkstra: Cooperating sequential processes (1965)
// Checked by: oracle
// Next: would it be as bad to give the two semaphores back in another order?
scenario "First the lock, then the item"

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
    acquire mutex
    acquire items
    used -= 1
    release mutex
    release spaces
  }
}

expect always 0 <= used <= 1
expect deadlock
expect no race
