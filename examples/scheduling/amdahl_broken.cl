// Now 10 of the 18 ticks cannot be shared. Four cores are not even twice as fast, and the fifth
// would be wasted.
//
// Concept: speed-up
// Verdict: slow
// Twin: amdahl.cl
// Source: G. Amdahl: Validity of the single processor approach (1967)
// Checked by: hand
// By hand: one core: 18 as before; four cores: 10 + 8/4 = 12; 18 / 12 = 1.5.
// Next: plot the speed-up over the serial part: conclang compare -D SERIAL=… --cores 1,2,4.
scenario "A large serial part"

const SERIAL = 10

processor cpu { cores 4  scheduler fifo  cost { sync 0 } }
barrier ready(4)

thread worker[i in 0..4] {
  if i == 0 { work SERIAL }
  wait ready
  work (18 - SERIAL) / 4
}

expect timed makespan == 18 on 1 core
expect timed makespan == 12
