// The threads insist on core 0. The other core is free and of no use to them.
//
// Concept: scheduler
// Verdict: slow
// Twin: which_core.cl
// Checked by: hand
// By hand: all 12 ticks on one of two cores; slices of 2 in turn: a 0-2 and 6-8, b 2-4 and 8-10.
// Next: pin two to core 0 and one to core 1.
scenario "Everybody pinned to one core"

processor cpu { cores 2  scheduler round_robin(quantum: 2) }

thread a with pinned 0 { work 4 }
thread b with pinned 0 { work 4 }
thread c with pinned 0 { work 4 }

expect timed makespan == 12
expect timed finish(a) == 8 and finish(b) == 10
expect timed utilization == 0.5
