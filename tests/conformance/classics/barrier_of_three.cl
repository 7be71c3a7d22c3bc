// complete: 540  finished: 540
// By hand: a write and the arrival in each of three: 6! / (2! 2! 2!) = 90; then three writes: 3!.
shared x[3] = 0
barrier meet(3)
thread t[i in 0..3] {
  x[i] = 1
  wait meet
  x[i] = 2
}
expect always x[0] < 2 or x[1] > 0 and x[2] > 0
