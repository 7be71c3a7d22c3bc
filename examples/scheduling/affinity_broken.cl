// One queue for all balances the load well, and sends three threads round and round over two
// cores. The way costs more than the work.
//
// Concept: affinity
// Verdict: slow
// Twin: affinity.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on
//   multiprocessor scheduling
// Checked by: hand
// By hand: every slice but the first of each thread begins with a move: 12 + 9 x 2 = 30 ticks for
//   two cores, which end at 14 and 16.
// Next: a longer quantum: what does it change?
scenario "Hopping between cores"

processor cpu { cores 2  scheduler round_robin(1)  migration_cost 2 }

thread worker[i in 0..3] { work 4 }

expect timed makespan == 16
expect timed migrations == 9
