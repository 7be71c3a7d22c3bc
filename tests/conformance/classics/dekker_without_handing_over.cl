// infinite: true
// By hand: the flags alone keep the two apart; `turn` stays 0, so the second, once it has given way,
// looks at `turn` for ever. `turn` is never written, so nothing races on it.
scenario "Dekker, without handing the turn over"
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
    want[i] = false
  }
}
expect at most 1 in critical
expect race on want
expect no race on turn
expect starvation
expect no livelock
