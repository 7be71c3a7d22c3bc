// Two waiting rooms: everybody first gathers in the second one, then its door is shut and all
// inside are served. Nobody can come round again before they are through.
//
// Concept: fairness
// Verdict: safe
// Twin: no_starve_broken.cl
// Source: J. Morris: A starvation-free solution to the mutual exclusion problem (1979)
// Checked by: hand
// By hand: while the second room is served nobody enters it, so all inside get their turn; then
//   the first room empties completely into it before anybody is served again.
// Next: keep the first count under a small semaphore instead, as Morris did. Does it matter
//   whether it is given back before or after a door is opened?
scenario "A mutex nobody starves at"

atomic first = 0
shared second = 0
semaphore door1(1)
semaphore door2(0)

thread p[i in 0..3] {
  loop {
    first.add(1)
    acquire door1
    second += 1
    if first.add(-1) == 1 { release door2 } else { release door1 }
    acquire door2
    second -= 1
    section critical { }
    if second == 0 { release door1 } else { release door2 }
  }
}

expect at most 1 in critical
expect no starvation
expect no race
