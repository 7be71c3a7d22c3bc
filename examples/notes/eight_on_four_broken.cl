// A ninth thread does not fit into two rounds of four. It gets a third round for itself, and three
// of the four cores watch.
//
// Concept: cores and threads
// Verdict: slow
// Twin: eight_on_four.cl
// Checked by: hand
// By hand: rounds end at 6, 12 and 18; 9 x 6 = 54 of 4 x 18 = 72 core ticks are used, three
//   quarters; responses are 4 x 0, 4 x 6, 12, together 36, by 9 is 4.
// Next: would round_robin(quantum: 1) in place of fifo help? Try it with --policy.
scenario "One thread too many"

processor cpu { cores 4  scheduler fifo }

thread worker[i in 0..9] { work 6 }

expect timed makespan == 18
expect timed utilization == 0.75
expect timed average(response) == 4
