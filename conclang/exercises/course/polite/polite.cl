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
  loop {
    acquire left
    if try_acquire right { break }
    release left
  }
  pass()
  release right
  release left
}

thread ben {
  loop {
    acquire right
    if try_acquire left { break }
    release right
  }
  pass()
  release left
  release right
}
// edit: end
