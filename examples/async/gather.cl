// Three requests are under way at the same time; awaiting the first costs nothing for the others.
//
// Concept: asynchronous call
// Verdict: safe
// Twin: gather_broken.cl
// Source: JavaScript has Promise.all, Python has asyncio.gather
// Checked by: hand
// By hand: all three start at 0 (nothing costs time here but the waiting) and end at 10.
// Next: what if one of a hundred fails?
scenario "Start all, then await all"

processor cpu { cores 1  scheduler fifo  cost { sync 0 } }

fn request() { io 10 }

thread client {
  let a = async request()
  let b = async request()
  let c = async request()
  await a
  await b
  await c
}

expect timed makespan == 10
