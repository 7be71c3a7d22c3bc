scenario "Second attempt: look, then raise the flag"
shared want[2] = 0
thread p[i in 0..2] {
  repeat 2 {
    while want[1 - i] == 1 { }
    want[i] = 1
    section critical { }
    want[i] = 0
  }
}
expect reachable want[0] == 1 and want[1] == 1
expect race on want
