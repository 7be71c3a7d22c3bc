// If every burst gets a fresh allotment, a tick of pretended input keeps the sly thread on top for
// ever. The honest one lives on the ticks in between.
//
// Concept: feedback queue
// Verdict: slow
// Twin: mlfq_gaming.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on the
//   multi-level feedback queue
// Checked by: hand
// By hand: sly 0-3, honest 3-7 and sinks; from 7 on sly has 3 of every 4 ticks and ends at 35;
//   honest has six single ticks from 10 to 30 and the last two at 34-36.
// Next: would more levels help?
scenario "Gaming the feedback queue"

processor cpu { cores 1  scheduler mlfq(levels: 2, quanta: [4, 4], gaming: true) }

thread sly { repeat 8 { work 3; io 1 } }
thread honest { work 12 }

expect timed finish(honest) == 36
