// One core runs one thread at a time, yet several threads get more done on it than one: while the
// first waits for its disk or network, the core computes for the next. The waiting overlaps, the
// computing does not.
//
// Concept: concurrency
// Verdict: safe
// Twin: one_core_broken.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, the chapter on threads
// Checked by: hand
// By hand: customers start computing at 0, 2, 4 and end their waiting at 2+6, 4+6, 6+6 = 12; of
//   these 12 ticks the core computes 3 x 2 = 6, which is one half.
// Next: give it five customers: how many are needed until the core never idles?
scenario "Many threads on one core"

processor cpu { cores 1  scheduler fifo }

thread customer[i in 0..3] { work 2; io 6 }

expect timed makespan == 12
expect timed utilization == 0.5
