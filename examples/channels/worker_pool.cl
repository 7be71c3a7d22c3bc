// A job puts a sub-job into the pool's own queue and waits for the answer. A second worker is
// there to do it.
//
// Concept: worker pool
// Verdict: safe
// Twin: worker_pool_broken.cl
// Source: known as thread starvation deadlock, in Brian Goetz and others: Java Concurrency in
//   Practice
// Checked by: oracle
// Next: how many workers are needed if a sub-job may have a sub-job too?
scenario "A pool with a worker to spare"

channel jobs(2)
channel answer
shared result = 0

thread worker[i in 0..2] with daemon {
  for job in jobs {
    if job == 2 {
      jobs <- 1
      result = <-answer
      release done
    } else {
      answer <- 42
    }
  }
}
semaphore done(0)

thread boss { jobs <- 2; acquire done }

expect finally result == 42
expect no deadlock
