// Three stages: numbers, their squares, the sum. Does everybody learn that it is over?
scenario "The end of the pipeline"

channel numbers
channel squares
shared sum = 0

// edit: begin stages
// fails: all three squares are added: livelock
// fails: with the two channels alone: busy waiting is not allowed
// A closed channel gives nothing, again and again, to whoever does not ask whether it is closed.
thread generate {
  for n in 1..4 { numbers <- n }
  close numbers
}

thread square {
  for n in numbers { squares <- n * n }
  close squares
}

thread add {
  loop { sum += <-squares }
}
// edit: end
