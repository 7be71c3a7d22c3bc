// The same work done by a single thread. The core has nothing else to do while that thread waits,
// so every wait is added to the next one.
//
// Concept: concurrency
// Verdict: slow
// Twin: one_core.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, the chapter on threads
// Checked by: hand
// By hand: three rounds of 2 + 6 ticks are 24; the core computes in 6 of them, a quarter.
// Next: add a second thread with the same three rounds.
scenario "One thread for all the waiting"

processor cpu { cores 1  scheduler fifo }

thread customer { repeat 3 { work 2; io 6 } }

expect timed makespan == 24
expect timed utilization == 0.25
