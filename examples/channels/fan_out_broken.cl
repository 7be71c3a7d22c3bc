// The boss wants to hand out the third job before he looks at the first result. Both workers stand
// there with a result in their hands and take no more jobs.
//
// Concept: back pressure
// Verdict: deadlock
// Twin: fan_out.cl
// Checked by: oracle
// Next: with two jobs it works. Why is that the worst part of it?
scenario "First all jobs out, then all results in"

channel jobs
channel results
shared sum = 0

thread boss {
  repeat 3 { jobs <- 1 }
  close jobs
  repeat 3 { sum += <-results }
}
thread worker[i in 0..2] {
  for job in jobs { results <- job * 2 }
}

expect never sum == 6
expect deadlock
