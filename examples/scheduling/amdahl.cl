// 2 ticks must be done by one alone, 16 can be shared. Four cores are three times as fast as one.
//
// Concept: speed-up
// Verdict: safe
// Twin: amdahl_broken.cl
// Source: G. Amdahl: Validity of the single processor approach (1967)
// Checked by: hand
// By hand: one core: 2 + 16 = 18; four cores: 2 + 16/4 = 6; 18 / 6 = 3.
// Next: what is the limit with a thousand cores?
scenario "A small serial part"

const SERIAL = 2

processor cpu { cores 4  scheduler fifo  cost { sync 0 } }
barrier ready(4)

thread worker[i in 0..4] {
  if i == 0 { work SERIAL }
  wait ready
  work (18 - SERIAL) / 4
}

expect timed makespan == 18 on 1 core
expect timed makespan == 6
