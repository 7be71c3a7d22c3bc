// Three stages: numbers, their squares, the sum. Does everybody learn that it is over?
scenario "The end of the pipeline"

channel numbers
channel squares
shared sum = 0

// edit: begin stages
// fails: all three stages end: send on a closed channel
// fails: all three squares are added: send on a closed channel
// The first stage closes everything when it is done; the second one is still sending.
thread generate {
  for n in 1..4 { numbers <- n }
  close numbers
  close squares
}

thread square {
  for n in numbers { squares <- n * n }
}

thread add {
  for s in squares { sum += s }
}
// edit: end
