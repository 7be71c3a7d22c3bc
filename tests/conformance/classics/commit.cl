// By hand: both vote yes and both commit, or one votes no and both abort; the coordinator's answer is
// the same for both.
scenario "Two-phase commit"
channel vote[2](1)
channel told[2](1)
shared state[2] = 0
thread coordinator {
  let a = <-vote[0]
  let b = <-vote[1]
  let both = a and b
  told[0] <- both
  told[1] <- both
}
thread part[i in 0..2] {
  vote[i] <- choose(true, false)
  let both = <-told[i]
  if both { state[i] = 1 } else { state[i] = 2 }
}
expect outcomes state == {[1, 1], [2, 2]}
expect no deadlock
expect no race
