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
fn whole() {
  let a = go part(2) on pool
  let b = go part(3) on pool
  return join a + join b
}

thread boss {
  let job = go whole() on pool
  result = await job
}
// edit: end
