// A cook and two impatient guests.
scenario "Wait until it is ready"

shared ready = false
shared served = 0
lock kitchen

// edit: begin cook and guests
// fails: every guest is served: deadlock
// Nobody looks at `ready`: who comes after the signal waits for ever.
condition cooked

thread cook {
  work 3
  lock kitchen {
    ready = true
    broadcast cooked
  }
}

thread guest[i in 0..2] {
  lock kitchen {
    wait cooked
    served += 1
  }
}
// edit: end
