// `select` chooses among what is ready, in no order. Whoever wants the stop to win asks for it
// alone before every job.
//
// Concept: select
// Verdict: safe
// Twin: priority_broken.cl
// Source: the specification of Go says that the choice is uniform
// Checked by: oracle
// Next: is there still a schedule on which a job is done after the stop was given?
scenario "Look for the stop signal first"

channel jobs(1)
channel stop(1)
shared done = 0

thread worker {
  jobs <- 1
  stop <- 1
  select {
    case <-stop { }
    default {
      select {
        case <-stop { }
        case n = <-jobs { done += n }
      }
    }
  }
}

expect outcomes done == {0}
