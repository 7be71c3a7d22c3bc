// The middle stage has seen the end and keeps it to itself. The last one waits for a number that
// will never come.
//
// Concept: pipeline
// Verdict: deadlock
// Twin: pipeline.cl
// Source: the Go blog on pipelines and cancellation (2014)
// Checked by: oracle
// Next: which tests would notice? The sum is right.
scenario "A pipeline without an end"

channel numbers
channel squares
shared sum = 0

thread generate {
  for n in 1..4 { numbers <- n }
  close numbers
}
thread square {
  for n in numbers { squares <- n * n }
}
thread add {
  for n in squares { sum += n }
}

expect possible sum == 14
expect deadlock
