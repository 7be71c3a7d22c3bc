// Mutual exclusion from loads and stores. Each of the variables is read and written in one step.
scenario "A lock from flags and a turn"

atomic flag[2] = false
atomic turn = 0
shared owner = 0

// edit: begin protocol
// fails: nobody waits for ever: starvation
// A test-and-set lock excludes, but one of the two may always find it taken.
atomic taken = false

fn enter(i) {
  while taken.swap(true) { }
  flag[i] = true
  turn = i
}

fn leave(i) {
  flag[i] = false
  taken = false
}
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
