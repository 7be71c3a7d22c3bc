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
// fails: everybody ends: deadlock
// fails: all results are added: deadlock
// No closing, no error; and the collector waits for ever.
fn worker() {
  for n in jobs { results <- square(n) }
}

thread boss {
  spawn worker()
  spawn worker()
  for n in 1..4 { jobs <- n }
  close jobs
}
// edit: end
