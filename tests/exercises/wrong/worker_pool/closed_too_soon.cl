// Jobs for two workers, results for one collector. Who closes what?
scenario "Two workers, one heap of jobs"

channel jobs(1)
channel results
shared sum = 0

fn square(n) {
  section working { work 20 }
  return n * n
}

thread collector {
  for r in results { sum += r }
}

// edit: begin pool
// fails: everybody ends: send on a closed channel
// fails: all results are added: send on a closed channel
// The boss has handed out all jobs. That does not mean that they are done.
fn worker() {
  for n in jobs { results <- square(n) }
}

thread boss {
  spawn worker()
  spawn worker()
  for n in 1..4 { jobs <- n }
  close jobs
  close results
}
// edit: end
