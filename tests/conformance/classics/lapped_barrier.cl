// By hand: the last one in may come round again and take the unit that was meant for the other,
// who then stands there with nobody left to fill the next round.
scenario "A home-made barrier with one turnstile"
const n = 2
shared count = 0
lock m
semaphore gate(0)
thread t[i in 0..n] {
  repeat 2 {
    lock m {
      count += 1
      if count == n {
        count = 0
        repeat n { release gate }
      }
    }
    acquire gate
  }
}
expect deadlock
expect no race
