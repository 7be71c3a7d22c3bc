scenario "Two polite threads that back off for each other"
shared want[2] = false
thread p[i in 0..2] {
  want[i] = true
  while want[1 - i] {
    want[i] = false
    want[i] = true
  }
  section critical { }
  want[i] = false
}
expect livelock
expect race on want
