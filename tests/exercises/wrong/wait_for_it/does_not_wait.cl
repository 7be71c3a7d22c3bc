// A cook and two impatient guests.
scenario "Wait until it is ready"

shared ready = false
shared served = 0
lock kitchen

// edit: begin cook and guests
// fails: nobody is served before the food is ready: true in a reachable state
// fails: every guest is served: lost update of served
condition cooked

thread cook {
  work 3
  lock kitchen {
    ready = true
    broadcast cooked
  }
}

thread guest[i in 0..2] {
  served += 1
}
// edit: end
