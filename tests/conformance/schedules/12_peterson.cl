scenario "Peterson's algorithm"
shared want[2] = 0
shared turn = 0
thread p[i in 0..2] {
  loop {
    want[i] = 1
    turn = 1 - i
    while want[1 - i] == 1 and turn == 1 - i { }
    section critical { }
    want[i] = 0
  }
}
expect at most 1 in critical
expect race
expect no starvation
