// A lock from one exchange. It is right; your lines are to say what that means.
scenario "What makes it a lock"

atomic taken = false
shared visits = 0
atomic home[2] = false

thread guest[i in 0..2] {
  repeat 2 {
    while taken.swap(true) { }
    section critical { visits += 1 }
    taken = false
  }
  home[i] = true
}

// edit: begin expectations
// fails: the flawed twins are caught: does not hold even where nothing is wrong
// They need not come in turns.
// points: 0
expect never home[1] and not home[0]
expect at most 1 in critical
// edit: end
