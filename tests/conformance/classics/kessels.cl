// infinite: true
// By hand: the proof in Kessels' paper (1982): each side writes only its own half of the turn, and
// who has announced itself later waits.
scenario "Kessels: whose turn it is, in two halves"
shared wants[2] = false
shared half[2] = 0
thread p[i in 0..2] {
  let other = 1 - i
  loop {
    wants[i] = true
    let mine = (half[other] + i) % 2
    half[i] = mine
    while wants[other] and mine == (half[other] + i) % 2 { }
    section critical { }
    wants[i] = false
  }
}
expect at most 1 in critical
expect race
expect no starvation
expect no livelock
expect no deadlock
