// Channels: order, tuples, the second name of a receive, closing, ranges.
scenario "messages"

channel direct
channel boxed(2)
channel pairs(1)
shared got = [0, 0, 0, 0]
shared ended = false
shared sum = 0

thread sender {
  direct <- 1
  direct <- 2
  boxed <- 3
  boxed <- 4
  boxed <- 5
  close boxed
  pairs <- (6, true)
}
thread receiver {
  got[0] = <-direct
  got[0] = got[0] * 10 + <-direct
  for v in boxed { got[1] = got[1] * 10 + v }
  let (v, ok) = <-boxed
  ended = not ok and v == 0
  let pair = <-pairs
  let (n, good) = pair
  if good { sum = n }
}

expect finally got[0] == 12 and got[1] == 345
expect finally ended and sum == 6
expect no race
expect no deadlock
