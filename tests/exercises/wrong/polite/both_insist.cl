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
// fails: nobody waits for ever: deadlock
// fails: both get through, one at a time: a schedule ends in a deadlock
// Nobody gives way any more.
thread anna {
  lock left {
    lock right { pass() }
  }
}

thread ben {
  lock right {
    lock left { pass() }
  }
}
// edit: end
