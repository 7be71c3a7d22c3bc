// The short jobs come two ticks late. The long one is interrupted at once, because 3 ticks are
// less than the 22 it still needs.
//
// Concept: preemption
// Verdict: safe
// Twin: srtf_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, where it is called STCF
// Checked by: hand
// By hand: long 0-2, short 2-5 and 5-8, long 8-30; turnarounds 30, 3 and 6: 39 / 3 = 13.
// Next: let a short job come every 3 ticks: when does the long one end?
scenario "Shortest remaining time first"

processor cpu { cores 1  scheduler srtf }

thread long { work 24 }
thread short[i in 0..2] with arrival 2 { work 3 }

expect timed average(turnaround) == 13
expect timed response(short[0]) == 0
