// The caller waits for the answer before it does anything else. Nothing is wrong with the result;
// the two times simply add up.
//
// Concept: asynchronous call
// Verdict: slow
// Twin: async_call.cl
// Checked by: hand
// By hand: the wait is over at 8 as in the twin, own work to 13, reading the answer to 14.
// Next: which of the two would you write if the own work needed the answer?
scenario "A synchronous call"

processor cpu { cores 2  scheduler fifo }
event answered
shared answer = 0

fn request() { io 5; answer = 42; signal answered }

thread caller {
  spawn request()
  wait answered
  work 5
  assert answer == 42
}

expect timed makespan == 14
expect no race
