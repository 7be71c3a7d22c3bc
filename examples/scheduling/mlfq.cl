// Nobody has told the scheduler who is who. The batch job uses its allotment up and sinks; the
// editor never does, stays on top and is served at once.
//
// Concept: feedback queue
// Verdict: safe
// Twin: mlfq_broken.cl
// Source: F. Corbato and others: An experimental time-sharing system (1962)
// Checked by: hand
// By hand: batch 0-6 and sinks; the editor runs 6-7, 11-12, 16-17, 21-22 and waits for its disk
//   until 26; it waited for the core only for the first 6 ticks.
// Next: what if the batch job begins with a long read?
scenario "A feedback queue learns who is interactive"

processor cpu { cores 1  scheduler mlfq(levels: 2, quanta: [6, 12]) }

thread batch { work 30 }
thread editor { repeat 4 { work 1; io 4 } }

expect timed finish(editor) == 26
expect timed waiting(editor) == 6
expect timed finish(batch) == 34
