// Two seats. When both are taken together, those who wait come in only after both have gone.
// Whoever leaves last seats the waiting ones himself: the count is right before they even wake.
//
// Concept: passing the baton
// Verdict: safe
// Twin: sushi_broken.cl
// Source: Kenneth Reek: Design patterns for semaphores (2004); also in Downey's Little Book
// Checked by: oracle
// Next: write it with a condition variable. Which of the two is easier to trust?
scenario "A table that must be empty first"

atomic seated = 0
shared eating = 0
shared waiting = 0
shared party = false
semaphore mutex(1)
semaphore bell(0)

thread customer[i in 0..3] {
  repeat 2 {
    acquire mutex
    if party {
      waiting += 1
      release mutex
      acquire bell
    } else {
      eating += 1
      party = eating == 2
      release mutex
    }
    seated.add(1)
    work 1
    seated.add(-1)
    acquire mutex
    eating -= 1
    if eating == 0 {
      let guests = min(waiting, 2)
      waiting -= guests
      eating += guests
      party = eating == 2
      repeat guests { release bell }
    }
    release mutex
  }
}

expect never seated > 2
expect finally eating == 0 and waiting == 0
expect no race
expect no deadlock
