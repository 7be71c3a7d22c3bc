// A semaphore lets its number in; anybody may release it; try_acquire never waits.
scenario "semaphores"

semaphore slots(2)
semaphore gate(0)
shared denied = 0
shared passed = false

thread user[i in 0..3] {
  if try_acquire slots {
    section inside { yield }
    release slots
  } else {
    atomic { denied += 1 }
  }
}
thread opener { release gate }
thread guest {
  acquire gate
  passed = true
}

expect at most 2 in inside
expect outcomes denied == {0, 1}
expect finally passed
expect no deadlock
