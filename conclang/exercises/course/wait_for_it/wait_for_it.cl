// A cook and two impatient guests.
scenario "Wait until it is ready"

shared ready = false
shared served = 0
lock kitchen

// edit: begin cook and guests
thread cook {
  work 3
  lock kitchen { ready = true }
}

thread guest[i in 0..2] {
  let hungry = true
  while hungry {
    lock kitchen {
      if ready {
        served += 1
        hungry = false
      }
    }
  }
}
// edit: end
