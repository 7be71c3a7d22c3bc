// Two threads that compute, two cores: both run in the same ticks, and the work is done in half
// the time. That is parallelism.
//
// Concept: parallelism
// Verdict: safe
// Twin: parallel_broken.cl
// Source: Rob Pike, in his talk "Concurrency is not parallelism" (2012), drew the line between the
//   two words
// Checked by: hand
// By hand: each has a core from 0 to 6.
// Next: what do four cores gain?
scenario "Parallel: two cores"

processor cpu { cores 2  scheduler round_robin(quantum: 1) }

thread left { work 6 }
thread right { work 6 }

expect timed makespan == 6
expect timed finish(left) == 6 and finish(right) == 6
expect timed switches == 0
