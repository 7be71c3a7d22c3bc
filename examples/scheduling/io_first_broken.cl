// First come, first served: the query waits for the long burst to end, and the disk has nothing to
// do in the meantime. Afterwards the core has nothing to do.
//
// Concept: convoy
// Verdict: slow
// Twin: io_first.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, on the convoy effect
// Checked by: hand
// By hand: number 0-18; query 18-19, disk until 25, 25-26, until 32, 32-33, until 39.
// Next: what do two such queries make of it?
scenario "The convoy behind a long burst"

processor cpu { cores 1  scheduler fifo }
device disk

thread number with priority 1 { work 18 }
thread query with priority 2, arrival 2 { repeat 3 { work 1; io 6 on disk } }

expect timed finish(number) == 18
expect timed finish(query) == 39
