// With fixed priorities the short period always wins. At 50 the first job comes again and goes
// before a job that has 5 ticks left and 30 to do them.
//
// Concept: real time
// Verdict: slow
// Twin: edf.cl
// Source: C. L. Liu and J. Layland: Scheduling algorithms for multiprogramming in a hard-real-time
//   environment (1973)
// Checked by: hand
// By hand: fast 0-25, slow 25-50, fast 50-75; slow has 10 ticks left and 5 until 80, and ends at
//   85; its later jobs end at 145, 235, 300 and 385, in time. The safe load for two jobs is 2
//   (sqrt 2 - 1) = 0.83.
// Next: which period for the slow job would help?
scenario "Rate monotonic misses at 94 percent"

processor cpu { cores 1  scheduler rate_monotonic }

thread fast with period 50 { work 25 }
thread slow with period 80 { work 35 }

expect timed misses == 1
