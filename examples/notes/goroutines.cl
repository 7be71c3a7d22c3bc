// Six goroutines share one OS thread. One that waits at a channel is parked and frees the thread
// for the next, so the one that sends is reached in the end.
//
// Concept: goroutine
// Verdict: safe
// Twin: goroutines_broken.cl
// Source: the Go documentation describes goroutines as multiplexed onto operating-system threads
// Checked by: oracle
// Next: give the runtime two workers; does anything change for the checker?
scenario "Many tasks on few OS threads"

runtime pool { workers 1  scheduler fifo }
channel answer(2)
shared got = 0

fn ask() { let reply = <-answer; got += reply }
fn reply() { repeat 2 { answer <- 21 } }

thread starter {
  let first = go ask() on pool
  let second = go ask() on pool
  let last = go reply() on pool
  await first
  await second
  await last
}

expect finally got == 42
expect no deadlock
