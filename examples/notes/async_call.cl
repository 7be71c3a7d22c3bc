// An asynchronous call: the caller starts the request, goes on with its own work and is told by an
// event when the answer is there. Request and own work overlap.
//
// Concept: asynchronous call
// Verdict: safe
// Twin: async_call_broken.cl
// Checked by: hand
// By hand: spawn to 1. The request: waiting to 1 + 5 = 6, the write to 7, the signal to 8. The
//   caller: own work to 6, its wait begins at 6 and is over at 8, reading the answer to 9.
// Next: let the own work be 2 or 20 ticks: what decides about the end?
scenario "A call with notification"

processor cpu { cores 2  scheduler fifo }
event answered
shared answer = 0

fn request() { io 5; answer = 42; signal answered }

thread caller {
  spawn request()
  work 5
  wait answered
  assert answer == 42
}

expect timed makespan == 9
expect no race
