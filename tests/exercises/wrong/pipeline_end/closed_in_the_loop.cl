// Three stages: numbers, their squares, the sum. Does everybody learn that it is over?
scenario "The end of the pipeline"

channel numbers
channel squares
shared sum = 0

// edit: begin stages
// fails: all three stages end: closed channel
// fails: all three squares are added: closed channel
// Closed after every square, not after the last one.
thread generate {
  for n in 1..4 { numbers <- n }
  close numbers
}

thread square {
  for n in numbers {
    squares <- n * n
    close squares
  }
}

thread add {
  for s in squares { sum += s }
}
// edit: end
