// Two who step aside for each other. Who goes first?
scenario "After you!"

lock left
lock right
atomic through = 0

fn pass() {
  section corridor { work 3 }
  through.add(1)
}

// edit: begin people
// fails: both get through, one at a time: false at an end
// Ben tries once, and goes home.
thread anna {
  lock left {
    lock right { pass() }
  }
}

thread ben {
  acquire right
  if try_acquire left {
    pass()
    release left
  }
  release right
}
// edit: end
