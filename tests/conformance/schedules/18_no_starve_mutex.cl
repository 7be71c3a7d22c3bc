scenario "No-starve mutex"
shared room1 = 0
shared room2 = 0
semaphore mutex(1)
semaphore t1(1)
semaphore t2(0)
thread p[i in 0..2] {
  loop {
    acquire mutex
    room1 += 1
    release mutex
    acquire t1
    room2 += 1
    acquire mutex
    room1 -= 1
    if room1 == 0 {
      release mutex
      release t2
    } else {
      release mutex
      release t1
    }
    acquire t2
    room2 -= 1
    section critical { }
    if room2 == 0 { release t1 } else { release t2 }
  }
}
expect at most 1 in critical
expect no starvation
expect no race
expect no deadlock
