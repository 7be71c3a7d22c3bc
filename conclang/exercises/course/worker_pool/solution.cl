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
fn worker() {
  for n in jobs { results <- square(n) }
}

thread boss {
  let a = spawn worker()
  let b = spawn worker()
  for n in 1..4 { jobs <- n }
  close jobs
  join a
  join b
  close results
}
// edit: end
