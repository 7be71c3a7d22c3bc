// The thread with the short bursts is let through at once, and its disk works while the other
// computes. Core and disk are both busy.
//
// Concept: convoy
// Verdict: safe
// Twin: io_first_broken.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, on the convoy effect
// Checked by: hand
// By hand: number 0-2, 3-9, 10-16 and 17-21, which are 2 + 6 + 6 + 4; between them the query has
//   2-3, 9-10 and 16-17, each time with the disk for 6 ticks after it, the last until 23.
// Next: which of the two suffers from this order, and by how much?
scenario "Short bursts first keep the disk busy"

processor cpu { cores 1  scheduler priority }
device disk

thread number with priority 1 { work 18 }
thread query with priority 2, arrival 2 { repeat 3 { work 1; io 6 on disk } }

expect timed finish(number) == 21
expect timed finish(query) == 23
