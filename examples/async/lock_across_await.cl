// A thread's lock is held only between two awaits, so on one loop it is always free when somebody
// wants it.
//
// Concept: blocking the loop
// Verdict: safe
// Twin: lock_across_await_broken.cl
// Source: asyncio has a Lock of its own for this reason
// Checked by: oracle
// Next: is the lock needed here at all?
scenario "Give the lock back before you await"

shared cache = 0
lock m

fn fetch() { sleep 1; return 42 }
fn refresh() {
  let value = await async fetch()
  lock m { cache = value }
}

thread server {
  let a = async refresh()
  let b = async refresh()
  await a
  await b
}

expect finally cache == 42
expect no deadlock
