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
thread anna {
  lock left {
    lock right { pass() }
  }
}

thread ben {
  lock left {
    lock right { pass() }
  }
}
// edit: end
