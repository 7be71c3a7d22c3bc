// Each request is started when the one before has been answered. It says `async` three times and
// is as slow as without.
//
// Concept: asynchronous call
// Verdict: slow
// Twin: gather.cl
// Source: JavaScript has Promise.all, Python has asyncio.gather
// Checked by: hand
// By hand: three times 10.
// Next: which of them really needs an earlier answer?
scenario "One await after the other"

processor cpu { cores 1  scheduler fifo  cost { sync 0 } }

fn request() { io 10 }

thread client {
  await async request()
  await async request()
  await async request()
}

expect timed makespan == 30
