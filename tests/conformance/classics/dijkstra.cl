// infinite: true
// By hand: Dijkstra (1965) proves exclusion and that somebody gets in, but not who: the one whose
// turn it is may come back again and again before the other finds it away.
scenario "The first solution for any number of threads, here two"
shared away[2] = true
shared outside[2] = true
shared turn = 0
thread p[i in 0..2] {
  let other = 1 - i
  loop {
    away[i] = false
    let inside = false
    while not inside {
      if turn != i {
        outside[i] = true
        if away[turn] { turn = i }
      } else {
        outside[i] = false
        if outside[other] { inside = true }
      }
    }
    section critical { }
    outside[i] = true
    away[i] = true
  }
}
expect at most 1 in critical
expect race
expect starvation
expect no deadlock
