// deadlock_steps: 4
// By hand: two takes m and parks at the channel; one sends, goes on to m and blocks the only worker,
// which two would need to give m back: two starts, the acquire and the meeting.
scenario "A lock held by a parked task"
runtime pool { workers 1 }
channel c
lock m
fn one() {
  c <- 1
  lock m { }
}
fn two() { lock m { <-c } }
thread boss {
  let a = go one() on pool
  let b = go two() on pool
  await a
  await b
}
expect deadlock
