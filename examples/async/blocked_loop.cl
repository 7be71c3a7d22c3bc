// One thread serves everybody. The long computation comes up for air every 5 ticks, and the
// request gets its turn in between; its waiting overlaps with the rest.
//
// Concept: event loop
// Verdict: safe
// Twin: blocked_loop_broken.cl
// Source: Node.js warns not to block the event loop
// Checked by: hand
// By hand: the long task 0-5, then the request starts its disk, 5-17; the long task goes on 5-20
//   and is the last.
// Next: where does the long computation belong if it cannot be cut?
scenario "Give the loop back now and then"

processor cpu { cores 1  scheduler fifo  cost { sync 0 } }

fn long() { repeat 4 { work 5; sleep 0 } }
fn request() { io 12 }

thread server {
  let first = async long()
  let second = async request()
  await first
  await second
}

expect timed makespan == 20
