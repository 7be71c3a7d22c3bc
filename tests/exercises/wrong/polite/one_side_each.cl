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
// fails: both get through, one at a time: at most 1 in corridor
// Each takes one side only. They collide.
thread anna {
  lock left { pass() }
}

thread ben {
  lock right { pass() }
}
// edit: end
