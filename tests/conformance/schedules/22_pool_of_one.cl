scenario "A pool of 1 fed by a job channel; a job waits for its sub-job"
channel jobs(4)
channel answer(1)
channel done(1)
fn worker() {
  for job in jobs {
    if job == 1 {
      jobs <- 2
      let a = <-answer
      done <- a
    } else {
      answer <- 42
    }
  }
}
thread pool[i in 0..1] with daemon { worker() }
thread main_thread {
  jobs <- 1
  let x = <-done
  assert x == 42
}
expect deadlock
