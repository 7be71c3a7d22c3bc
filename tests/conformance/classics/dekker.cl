// infinite: true
// By hand: who is not favoured by `turn` lowers its flag, so the favoured one gets through, and then
// favours the other. Nobody who wants is overtaken more than once, so nobody starves.
scenario "Dekker for ever"
shared want[2] = false
shared turn = 0
thread p[i in 0..2] {
  loop {
    want[i] = true
    while want[1 - i] {
      if turn != i {
        want[i] = false
        while turn != i { }
        want[i] = true
      }
    }
    section critical { }
    turn = 1 - i
    want[i] = false
  }
}
expect at most 1 in critical
expect race on want
expect race on turn
expect no deadlock
expect no starvation
expect no livelock
