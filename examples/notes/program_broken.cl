// The same text, but `n` is memory of the process instead of a variable on each thread's stack.
// Two threads in the same function now use one variable.
//
// Concept: thread
// Verdict: race
// Twin: program.cl
// Checked by: oracle
// Next: find a schedule in which a thread reports 4.
scenario "One stack variable moved into shared memory"

shared done[2] = 0
shared n = 0
fn job(i) {
  n = 0
  repeat 2 { n += 1 }
  done[i] = n
}

thread worker[i in 0..2] { job(i) }

expect reachable done[0] == 3
expect race
