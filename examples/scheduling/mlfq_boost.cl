// Every 9 ticks everybody is lifted to the top queue. So the long job moves on although short ones
// never stop coming.
//
// Concept: starvation
// Verdict: safe
// Twin: mlfq_boost_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on the
//   multi-level feedback queue
// Checked by: hand
// By hand: long 0-4 and sinks; short 4-8 and 8-12; lifted at 9, long 12-16; short 16-20 and 20-24;
//   lifted at 18, long 24-26 and done: 4 + 4 + 2 = 10.
// Next: which boost is too frequent, and what is it then?
scenario "A boost for those at the bottom"

processor cpu { cores 1  scheduler mlfq(levels: 2, quanta: [4, 100], boost: 9) }

thread long { work 10 }
thread short[i in 0..8] with arrival 4 + 4 * i { work 4 }

expect timed finish(long) == 26
expect timed makespan == 42
