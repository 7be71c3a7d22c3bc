// Mutual exclusion from loads and stores. Each of the variables is read and written in one step.
scenario "A lock from flags and a turn"

atomic flag[2] = false
atomic turn = 0
shared owner = 0

// edit: begin protocol
// fails: never both: Both can be inside
// fails: nobody waits for ever: starvation
// Each takes the turn instead of giving it away, so who comes later always goes ahead.
fn enter(i) {
  flag[i] = true
  turn = i
  while flag[1 - i] and turn == 1 - i { }
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
