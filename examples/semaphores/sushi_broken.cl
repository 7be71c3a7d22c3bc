// The last to leave only rings, and the one who was waiting adds himself when he gets to the
// counter. In between newcomers have taken the seats he was promised.
//
// Concept: passing the baton
// Verdict: exclusion
// Twin: sushi.cl
// Source: Kenneth Reek: Design patterns for semaphores (2004); also in Downey's Little Book
// Checked by: oracle
// Next: how many can be at the table at once if more people come?
scenario "Guests who count themselves in later"

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
      acquire mutex
      eating += 1
      party = eating == 2
      release mutex
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
      party = false
      repeat guests { release bell }
    }
    release mutex
  }
}

expect reachable seated > 2
