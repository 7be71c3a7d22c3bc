scenario "Two-phase commit over channels"

const PARTS = 4

channel vote(PARTS)
channel decision[PARTS](1)
channel done(PARTS)
shared result = 0

thread coordinator {
  let yes = 0
  repeat PARTS {
    let v = <-vote
    yes += v
  }
  let commit = 0
  if yes == PARTS { commit = 1 }
  for i in 0..PARTS { decision[i] <- commit }
  repeat PARTS { <-done }
  result = 1 + commit
}

thread part[i in 0..PARTS] {
  let mine = choose(0, 1)
  vote <- mine
  let commit = <-decision[i]
  assert mine == 1 or commit == 0
  done <- 1
}

expect outcomes result == {1, 2}
expect no deadlock
expect no race
