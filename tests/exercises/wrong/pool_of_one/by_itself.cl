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
// fails: the parts are jobs of their own: The parts are not given to the pool
// Without jobs nobody waits; and more workers would not help any more.
fn whole() {
  return part(2) + part(3)
}

thread boss {
  let job = go whole() on pool
  result = await job
}
// edit: end
