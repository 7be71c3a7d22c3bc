// Three stages: numbers, their squares, the sum. Does everybody learn that it is over?
scenario "The end of the pipeline"

channel numbers
channel squares
shared sum = 0

// edit: begin stages
// fails: all three stages end: deadlock
// fails: all three squares are added: deadlock
// The last stage counts for itself, and stops one too early.
thread generate {
  for n in 1..4 { numbers <- n }
  close numbers
}

thread square {
  for n in numbers { squares <- n * n }
}

thread add {
  repeat 2 { sum += <-squares }
}
// edit: end
