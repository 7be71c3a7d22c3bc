// Whoever has to wait gives up the core. The one it waits for can use it at once.
//
// Concept: spinning
// Verdict: safe
// Twin: block_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, on spinning on one core
// Checked by: hand
// By hand: the waiter asks 0-1 and blocks; maker 1-7, its signal to 8; waiter 8-9.
// Next: when is spinning the better choice?
scenario "Block, do not spin"

processor cpu { cores 1  scheduler round_robin(quantum: 3) }
event done

thread waiter { wait done; work 1 }
thread maker { work 6; signal done }

expect timed makespan == 9
expect timed running(waiter) == 2
