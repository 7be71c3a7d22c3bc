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
// fails: the flawed twins are caught: not caught: who finds it taken goes home
// Safe and alive; but is the work done?
// points: 4
expect at most 1 in critical
expect no race
expect eventually home[0] and home[1]
// edit: end
