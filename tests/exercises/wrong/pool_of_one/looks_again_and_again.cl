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
// fails: nobody waits for ever: leak
// fails: the parts are jobs of their own: not given
// fails: the result is right: livelock
// Looking whether they are done needs the worker, too.
atomic done = 0

fn counted(n) {
  done.add(part(n))
}

fn whole() {
  go counted(2) on pool
  go counted(3) on pool
  while done != 13 { }
  return 13
}

thread boss {
  let job = go whole() on pool
  result = await job
}
// edit: end
