// The short jobs take all of the core. The long job sank after its first slice and comes back when
// the last of them is gone; with an endless stream it never would.
//
// Concept: starvation
// Verdict: slow
// Twin: mlfq_boost.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on the
//   multi-level feedback queue
// Checked by: hand
// By hand: long 0-4 and sinks; eight short jobs 4-36; long 36-42.
// Next: let the short jobs be a little rarer: from which gap on does the long job get something?
scenario "Starved at the bottom"

processor cpu { cores 1  scheduler mlfq(levels: 2, quanta: [4, 100], boost: off) }

thread long { work 10 }
thread short[i in 0..8] with arrival 4 + 4 * i { work 4 }

expect timed finish(long) == 42
expect timed makespan == 42
