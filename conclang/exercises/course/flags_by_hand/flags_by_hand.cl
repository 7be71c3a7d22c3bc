// Mutual exclusion from loads and stores. Each of the variables is read and written in one step.
scenario "A lock from flags and a turn"

atomic flag[2] = false
atomic turn = 0
shared owner = 0

// edit: begin protocol
fn enter(i) {
  while flag[1 - i] { }
  flag[i] = true
  turn = i
}

fn leave(i) { flag[i] = false }
// edit: end

fn visit(i) {
  enter(i)
  section critical { owner = i + 1 }
  leave(i)
}

thread p {
  loop { visit(0) }
}

thread q {
  while choose(true, false) { visit(1) }
}
