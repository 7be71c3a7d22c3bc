// The load is 1 as in the twin, but the periods are 4 and 6. Fixed priorities cannot do it;
// deadlines as priorities can.
//
// Concept: real time
// Verdict: slow
// Twin: harmonic.cl
// Source: C. L. Liu and J. Layland (1973) for the bound; the harmonic case is in every book on
//   real-time systems
// Checked by: hand
// By hand: short 0-2, long 2-4, short 4-6; at 6 the long job has one of its 3 ticks left; the next
//   one has 7-8 and 10-12, in time. By deadlines: short 0-2, long 2-5, short 5-7, long 7-10, and
//   so on, all in time up to 12.
// Next: which load is safe for fixed priorities whatever the periods are?
scenario "Fixed priorities with periods that do not fit"

const PERIOD = 6

processor cpu { cores 1  scheduler rate_monotonic }

thread short with period 4 { work 2 }
thread long with period PERIOD { work PERIOD / 2 }

expect timed misses == 1
expect timed misses == 0 under edf
