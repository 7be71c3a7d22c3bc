// A shelf with two places between a maker and a taker.
scenario "Two places on the shelf"

shared used = 0
lock shelf

// edit: begin both
// fails: the shelf is touched under its lock: data race on used
// fails: in the end all is taken away: expect finally used == 0
// fails: never more than two, never less than none: expect always
semaphore places(2)
semaphore jars(0)

thread maker {
  repeat 4 {
    acquire places
    used += 1
    release jars
  }
}

thread taker {
  repeat 4 {
    acquire jars
    used -= 1
    release places
  }
}
// edit: end
