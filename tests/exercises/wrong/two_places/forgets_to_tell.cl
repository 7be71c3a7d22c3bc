// A shelf with two places between a maker and a taker.
scenario "Two places on the shelf"

shared used = 0
lock shelf

// edit: begin both
// fails: nobody waits for ever: deadlock
// fails: in the end all is taken away: a schedule ends in a deadlock
semaphore places(2)
semaphore jars(0)

thread maker {
  repeat 4 {
    acquire places
    lock shelf { used += 1 }
    release jars
  }
}

thread taker {
  repeat 4 {
    acquire jars
    lock shelf { used -= 1 }
  }
}
// edit: end
