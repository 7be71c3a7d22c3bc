// A turnstile at each of two gates; the total is what counts.
scenario "Two gates"

// edit: begin gates
// fails: no lock, no semaphore, no block that stops all others: lock
shared visitors = 0
lock m

thread gate[i in 0..2] {
  repeat 2 {
    lock m { visitors += 1 }
  }
}
// edit: end
