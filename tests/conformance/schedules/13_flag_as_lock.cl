// verdict: violated
scenario "A flag tested, then set"
shared taken = 0
thread p[i in 0..2] {
  while taken == 1 { }
  taken = 1
  section critical { }
  taken = 0
}
expect at most 1 in critical
expect race on taken
