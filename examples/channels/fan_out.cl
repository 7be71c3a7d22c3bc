// One thread hands out the jobs, another one takes the results. The workers can always get rid of
// what they have made.
//
// Concept: back pressure
// Verdict: safe
// Twin: fan_out_broken.cl
// Checked by: oracle
// Next: how large must a buffer be to make the second thread superfluous?
scenario "Jobs out, results in, at the same time"

channel jobs
channel results
shared sum = 0

thread boss {
  repeat 3 { jobs <- 1 }
  close jobs
}
thread worker[i in 0..2] {
  for job in jobs { results <- job * 2 }
}
thread collector {
  repeat 3 { sum += <-results }
}

expect finally sum == 6
expect no deadlock
