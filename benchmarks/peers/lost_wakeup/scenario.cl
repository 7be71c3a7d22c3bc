scenario "A signal that nobody remembers"

lock mutex
condition ready

thread waiter {
  acquire mutex
  wait ready
  release mutex
}

thread signaller {
  acquire mutex
  signal ready
  release mutex
}
