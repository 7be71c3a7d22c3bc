// The same two threads on one core take turns. Both are under way at the same time, which is
// concurrency; never are two ticks of work done in one, so nothing is won.
//
// Concept: parallelism
// Verdict: slow
// Twin: parallel.cl
// Source: Rob Pike, in his talk "Concurrency is not parallelism" (2012), drew the line between the
//   two words
// Checked by: hand
// By hand: they alternate tick by tick: left has the even ticks and ends at 11, right the odd ones
//   and ends at 12; each of the 12 ticks but the first is a switch.
// Next: give each thread some io: now one core may be enough.
scenario "Concurrent, not parallel: one core"

processor cpu { cores 1  scheduler round_robin(quantum: 1) }

thread left { work 6 }
thread right { work 6 }

expect timed makespan == 12
expect timed finish(left) == 11 and finish(right) == 12
expect timed switches == 11
