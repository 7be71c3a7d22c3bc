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
// fails: nobody waits for ever: deadlock
// fails: the result is right: deadlock
// An event blocks the worker just as a join does.
shared sum = 0
event first_done
event second_done

fn first() {
  sum += part(2)
  signal first_done
}

fn second() {
  wait first_done
  sum += part(3)
  signal second_done
}

fn whole() {
  go first() on pool
  go second() on pool
  wait second_done
  return sum
}

thread boss {
  let job = go whole() on pool
  result = await job
}
// edit: end
