// Two short jobs crawl behind a long one that happened to be there first. The work is done at the
// same time as ever, the mean is twice as bad.
//
// Concept: convoy
// Verdict: slow
// Twin: sjf.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on CPU
//   scheduling
// Checked by: hand
// By hand: ends at 24, 27 and 30: 81 / 3 = 27; the waits are 0, 24 and 27: 51 / 3 = 17.
// Next: in which order of arrival is fifo as good as sjf?
scenario "First come, first served: the convoy"

processor cpu { cores 1  scheduler fifo }

thread long { work 24 }
thread short[i in 0..2] { work 3 }

expect timed average(turnaround) == 27
expect timed average(waiting) == 17
expect timed makespan == 30
