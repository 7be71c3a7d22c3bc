// Each period divides the next longer one. Then even fixed priorities use the core to the last
// tick.
//
// Concept: real time
// Verdict: safe
// Twin: harmonic_broken.cl
// Source: C. L. Liu and J. Layland (1973) for the bound; the harmonic case is in every book on
//   real-time systems
// Checked by: hand
// By hand: 2/4 + 4/8 = 1; short 0-2, long 2-4, short 4-6, long 6-8, exactly in time.
// Next: add a third job with period 16 and less work for the others.
scenario "Fixed priorities with periods that fit"

const PERIOD = 8

processor cpu { cores 1  scheduler rate_monotonic }

thread short with period 4 { work 2 }
thread long with period PERIOD { work PERIOD / 2 }

expect timed misses == 0
expect timed misses == 0 under edf
