// The sly thread gives up the core one tick before its allotment ends. The scheduler adds its
// bursts up, and it sinks like everybody else.
//
// Concept: feedback queue
// Verdict: safe
// Twin: mlfq_gaming_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on the
//   multi-level feedback queue
// Checked by: hand
// By hand: sly 0-3, honest 3-7 and sinks, sly 7-8 and sinks (3 + 1 = 4), honest 8-12, sly 12-14,
//   honest 14-18 and done.
// Next: how much can be gained by gaming under a lottery?
scenario "An allotment that cannot be gamed"

processor cpu { cores 1  scheduler mlfq(levels: 2, quanta: [4, 4], gaming: false) }

thread sly { repeat 8 { work 3; io 1 } }
thread honest { work 12 }

expect timed finish(honest) == 18
