// Nobody else on this thread moves until the computation is over. The request was there all the
// time; its disk could have worked meanwhile.
//
// Concept: event loop
// Verdict: slow
// Twin: blocked_loop.cl
// Source: Node.js warns not to block the event loop
// Checked by: hand
// By hand: the long task 0-20, only then the request's disk 20-32.
// Next: how do you find such a task in a program with a hundred of them?
scenario "A task that keeps the loop"

processor cpu { cores 1  scheduler fifo  cost { sync 0 } }

fn long() { repeat 4 { work 5 } }
fn request() { io 12 }

thread server {
  let first = async long()
  let second = async request()
  await first
  await second
}

expect timed makespan == 32
