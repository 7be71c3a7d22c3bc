// The same dishes, but the cook stands in front of the oven until it rings: waiting is done by
// computing. Everything happens one after the other.
//
// Concept: waiting without a core
// Verdict: slow
// Twin: kitchen.cl
// Checked by: hand
// By hand: each order takes the cook 2 + 4 + 1 = 7 ticks, three take 21.
// Next: how many cooks of this kind does it take to be as fast as the one who does not watch?
scenario "The cook who watches the oven"

processor kitchen { cores 1  scheduler fifo }

thread order[i in 0..3] { work 2; work 4; work 1 }

expect timed makespan == 21
expect timed running(order[0]) == 7
