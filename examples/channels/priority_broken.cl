// The stop stands first and is ready. So is the job, and it may be taken.
//
// Concept: select
// Verdict: wrong result
// Twin: priority.cl
// Source: the specification of Go says that the choice is uniform
// Checked by: oracle
// Next: in a thousand runs, how often is the second arm taken?
scenario "The order of the arms means nothing"

channel jobs(1)
channel stop(1)
shared done = 0

thread worker {
  jobs <- 1
  stop <- 1
  select {
    case <-stop { }
    case n = <-jobs { done += n }
  }
}

expect outcomes done == {0, 1}
