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
// fails: all results are added: data race
// The idea is good: the last one to go closes. But the count is no atomic, and both can think that
// the other is still there.
shared left = 2

fn worker() {
  for n in jobs { results <- square(n) }
  left -= 1
  if left == 0 { close results }
}

thread boss {
  spawn worker()
  spawn worker()
  for n in 1..4 { jobs <- n }
  close jobs
}
// edit: end
