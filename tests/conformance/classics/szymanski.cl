// infinite: true
// By hand: the proof in Szymanski's paper (1988): exclusion, and everybody is served after at most
// one round of the others.
scenario "Szymanski's waiting room, two threads"
shared flag[2] = 0
thread p[i in 0..2] {
  let other = 1 - i
  loop {
    flag[i] = 1
    while flag[other] >= 3 { }
    flag[i] = 3
    if flag[other] == 1 {
      flag[i] = 2
      while flag[other] != 4 { }
    }
    flag[i] = 4
    if i == 1 { while flag[0] >= 2 { } }
    section critical { }
    if i == 0 { while 2 <= flag[1] <= 3 { } }
    flag[i] = 0
  }
}
expect at most 1 in critical
expect race on flag
expect no deadlock
expect no starvation
expect no livelock
