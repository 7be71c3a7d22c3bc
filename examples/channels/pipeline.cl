// Each stage reads until its input is closed, and then closes its output. The end of the numbers
// travels through the stages like the numbers themselves.
//
// Concept: pipeline
// Verdict: safe
// Twin: pipeline_broken.cl
// Source: the Go blog on pipelines and cancellation (2014)
// Checked by: oracle
// Next: what must change if the last stage wants only the first number?
scenario "A pipeline that ends"

channel numbers
channel squares
shared sum = 0

thread generate {
  for n in 1..4 { numbers <- n }
  close numbers
}
thread square {
  for n in numbers { squares <- n * n }
  close squares
}
thread add {
  for n in squares { sum += n }
}

expect finally sum == 14
expect no deadlock
expect no race
