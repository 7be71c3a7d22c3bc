scenario "Bounded buffer with semaphores"
shared buffer[2] = 0
shared first = 0
shared used = 0
semaphore mutex(1)
semaphore free(2)
semaphore items(0)
thread producer {
  for i in 1..4 {
    acquire free
    acquire mutex
    buffer[(first + used) % 2] = i
    used += 1
    release mutex
    release items
  }
}
thread consumer {
  repeat 3 {
    acquire items
    acquire mutex
    let x = buffer[first]
    first = (first + 1) % 2
    used -= 1
    assert x > 0
    release mutex
    release free
  }
}
expect no deadlock
expect no race
