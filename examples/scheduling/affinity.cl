// Moving to another core costs 2 ticks, for the caches must be filled again. With a queue per core
// nobody moves.
//
// Concept: affinity
// Verdict: safe
// Twin: affinity_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on
//   multiprocessor scheduling
// Checked by: hand
// By hand: two threads on the one core, one on the other: 2 x 4 = 8 ticks.
// Next: from which cost of moving on is the queue per core the better one?
scenario "Staying on one core"

processor cpu { cores 2  scheduler partitioned(round_robin(1))  migration_cost 2 }

thread worker[i in 0..3] { work 4 }

expect timed makespan == 8
expect timed migrations == 0
