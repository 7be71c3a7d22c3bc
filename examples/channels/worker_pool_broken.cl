// The only worker waits for an answer that it would have to give itself. The sub-job lies in the
// queue, in front of nobody.
//
// Concept: worker pool
// Verdict: deadlock
// Twin: worker_pool.cl
// Source: known as thread starvation deadlock, in Brian Goetz and others: Java Concurrency in
//   Practice
// Checked by: oracle
// Next: would a larger pool be a cure, or only make it rarer?
scenario "A pool that waits for itself"

channel jobs(2)
channel answer
shared result = 0

thread worker[i in 0..1] with daemon {
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

expect never result == 42
expect deadlock
