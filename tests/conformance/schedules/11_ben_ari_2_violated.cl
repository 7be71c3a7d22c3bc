// verdict: violated
scenario "Second attempt: exclusion does not hold"
shared want[2] = 0
thread p[i in 0..2] {
  while want[1 - i] == 1 { }
  want[i] = 1
  section critical { }
  want[i] = 0
}
expect at most 1 in critical
expect race on want
