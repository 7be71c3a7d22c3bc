// The program is the text: one function, used by two threads. Each thread has its own stack, so
// `n` exists twice and nobody else can touch it. What a process shares is only what it declares as
// shared.
//
// Concept: thread
// Verdict: safe
// Twin: program_broken.cl
// Checked by: oracle
// Next: run the function three times in one thread; is there still only one `n` at a time?
scenario "Program, process, thread"

shared done[2] = 0

fn job(i) {
  let n = 0
  repeat 2 { n += 1 }
  done[i] = n
}

thread worker[i in 0..2] { job(i) }

expect finally done == [2, 2]
expect no race
