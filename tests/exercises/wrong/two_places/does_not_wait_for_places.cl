// A shelf with two places between a maker and a taker.
scenario "Two places on the shelf"

shared used = 0
lock shelf

// edit: begin both
// fails: never more than two, never less than none: expect always
semaphore jars(0)

thread maker {
  repeat 4 {
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
