scenario "Fourth attempt: step back for a moment"
shared want[2] = 0
thread p[i in 0..2] {
  loop {
    want[i] = 1
    while want[1 - i] == 1 {
      want[i] = 0
      want[i] = 1
    }
    section critical { }
    want[i] = 0
  }
}
expect at most 1 in critical
expect race on want
expect starvation
