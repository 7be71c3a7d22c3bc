// The short jobs go first. The long one loses 6 ticks, each short one wins more than 20: no order
// without interruption has a smaller mean.
//
// Concept: convoy
// Verdict: safe
// Twin: sjf_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on CPU
//   scheduling
// Checked by: hand
// By hand: ends at 3, 6 and 30: 39 / 3 = 13.
// Next: how does the scheduler know which job is short?
scenario "Shortest job first"

processor cpu { cores 1  scheduler sjf }

thread long { work 24 }
thread short[i in 0..2] { work 3 }

expect timed average(turnaround) == 13
expect timed average(waiting) == 3
expect timed makespan == 30
