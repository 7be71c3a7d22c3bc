// The first task parks and keeps the lock. The second one asks for it and blocks the only thread,
// which the first would need to come back.
//
// Concept: blocking the loop
// Verdict: deadlock
// Twin: lock_across_await.cl
// Source: asyncio has a Lock of its own for this reason
// Checked by: oracle
// Next: which kind of lock would park the task instead of the thread?
scenario "A lock held across an await"

shared cache = 0
lock m

fn fetch() { sleep 1; return 42 }
fn refresh() {
  lock m {
    let value = await async fetch()
    cache = value
  }
}

thread server {
  let a = async refresh()
  let b = async refresh()
  await a
  await b
}

expect possible cache == 42
expect deadlock
