// The waiter uses its whole slice to look again and again. Nothing can change while it looks, for
// the only core is its own.
//
// Concept: spinning
// Verdict: slow
// Twin: block.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, on spinning on one core
// Checked by: hand
// By hand: waiter 0-3, maker 3-6, waiter 6-9, maker 9-12, waiter 12-15, maker 15-16 (the store),
//   waiter 16-17 (sees it), 17-18; it ran 3 + 3 + 3 + 2 = 11 ticks.
// Next: add `yield` to the loop. Is it as good as blocking?
scenario "Spinning on one core"

processor cpu { cores 1  scheduler round_robin(quantum: 3) }
atomic done = false

thread waiter { while not done { }; work 1 }
thread maker { work 6; done = true }

expect timed makespan == 18
expect timed running(waiter) == 11
