// An OS-level wait is not known to the runtime: it stops the worker together with the task on it.
// With a single worker nobody is left to run the task that would send the signal.
//
// Concept: goroutine
// Verdict: deadlock
// Twin: goroutines.cl
// Source: the Go documentation describes goroutines as multiplexed onto operating-system threads
// Checked by: oracle
// Next: how many workers would be enough here? And for a hundred such tasks?
scenario "A task that blocks its OS thread"

runtime pool { workers 1  scheduler fifo }
event answered
shared got = 0

fn ask() { wait answered }
fn reply() { got = 42; signal answered }

thread starter {
  let first = go ask() on pool
  let second = go ask() on pool
  let last = go reply() on pool
  await first
  await second
  await last
}

expect possible got == 42
expect deadlock
