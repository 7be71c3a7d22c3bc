// A cook and two impatient guests.
scenario "Wait until it is ready"

shared ready = false
shared served = 0
lock kitchen

// edit: begin cook and guests
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
    while not ready { wait cooked }
    served += 1
  }
}
// edit: end
