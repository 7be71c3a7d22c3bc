// Two periodic jobs that load the core to 94 percent. Whoever's deadline is next runs, and all are
// met: this works up to 100 percent.
//
// Concept: real time
// Verdict: safe
// Twin: edf_broken.cl
// Source: C. L. Liu and J. Layland: Scheduling algorithms for multiprogramming in a hard-real-time
//   environment (1973)
// Checked by: hand
// By hand: 25/50 + 35/80 = 0.9375, which is no more than 1; at 50 the second job (deadline 80)
//   goes before the first (deadline 100).
// Next: raise the second job's work tick by tick: at 40 the load is 1, at 41 the first deadline is
//   missed.
scenario "Earliest deadline first"

processor cpu { cores 1  scheduler edf }

thread fast with period 50 { work 25 }
thread slow with period 80 { work 35 }

expect timed misses == 0
