// One tick less, and everybody has to queue a second time for the last tick. More than half of the
// waiting is for that.
//
// Concept: quantum
// Verdict: slow
// Twin: quantum.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, with the rule that most
//   bursts should fit into a quantum
// Checked by: hand
// By hand: 3 ticks each up to 12, then one each: ends at 13, 14, 15 and 16: 58 / 4 = 14.5.
// Next: is a quantum of 2 better or worse than one of 3?
scenario "A quantum just too small"

processor cpu { cores 1  scheduler round_robin(quantum: 3) }

thread request[i in 0..4] { work 4 }

expect timed average(turnaround) == 14.5
expect timed switches == 7
