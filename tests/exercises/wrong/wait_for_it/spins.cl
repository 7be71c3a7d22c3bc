// A cook and two impatient guests.
scenario "Wait until it is ready"

shared ready = false
shared served = 0
lock kitchen

// edit: begin cook and guests
// fails: no busy waiting: busy waiting is not allowed here
// fails: every guest is served: livelock
// The guests ask again and again.
thread cook {
  work 3
  lock kitchen { ready = true }
}

thread guest[i in 0..2] {
  loop {
    lock kitchen {
      if ready {
        served += 1
        break
      }
    }
  }
}
// edit: end
