// One worker, and a job that needs two others.
scenario "A pool that waits for itself"

runtime pool { workers 1 }

shared result = 0
atomic parts = 0

fn part(n) {
  work 5
  parts.add(1)
  return n * n
}

// edit: begin job
// fails: the result is right: false at an end
// The job is done before its parts are.
shared sum = 0
lock m

fn add(n) {
  lock m { sum += part(n) }
}

fn whole() {
  go add(2) on pool
  go add(3) on pool
  return sum
}

thread boss {
  let job = go whole() on pool
  result = await job
}
// edit: end
