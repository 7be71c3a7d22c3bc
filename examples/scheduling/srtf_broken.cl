// Without interruption the best plan helps nobody who comes after the long job has begun.
//
// Concept: preemption
// Verdict: slow
// Twin: srtf.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, where it is called STCF
// Checked by: hand
// By hand: long 0-24, short 24-27 and 27-30; turnarounds 24, 25 and 28: 77 / 3.
// Next: would it be wise to let the core idle for two ticks?
scenario "Shortest job first, but too late"

processor cpu { cores 1  scheduler sjf }

thread long { work 24 }
thread short[i in 0..2] with arrival 2 { work 3 }

expect timed average(turnaround) == 77 / 3
expect timed response(short[0]) == 22
