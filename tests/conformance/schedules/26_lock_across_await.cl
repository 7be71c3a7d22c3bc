scenario "A lock held across await on one loop"
lock m
fn pause() { }
fn job() { lock m { await async pause() } }
thread main_thread {
  let a = async job()
  let b = async job()
  await a
  await b
}
expect deadlock
