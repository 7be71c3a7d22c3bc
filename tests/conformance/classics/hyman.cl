// verdict: violated  infinite: true
// By hand: p[1] wants, sees turn 0 and nobody else; p[0] wants, sees its own turn and goes in; p[1]
// takes the turn and goes in, too. Seven steps: five of p[1], two of p[0].
scenario "Hyman's two lines too few (1966)"
shared wants[2] = false
shared turn = 0
thread p[i in 0..2] {
  let other = 1 - i
  wants[i] = true
  while turn != i {
    while wants[other] { }
    turn = i
  }
  section critical { }
  wants[i] = false
}
expect at most 1 in critical
expect race on turn
expect race on wants
