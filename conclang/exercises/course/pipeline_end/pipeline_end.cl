// Three stages: numbers, their squares, the sum. Does everybody learn that it is over?
scenario "The end of the pipeline"

channel numbers
channel squares
shared sum = 0

// edit: begin stages
thread generate {
  for n in 1..4 { numbers <- n }
  close numbers
}

thread square {
  for n in numbers { squares <- n * n }
}

thread add {
  for s in squares { sum += s }
}
// edit: end
