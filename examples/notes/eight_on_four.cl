// Four cores, eight equal threads: twice as many as can run at once. Each core serves two of them
// in two rounds and no core is ever idle.
//
// Concept: cores and threads
// Verdict: safe
// Twin: eight_on_four_broken.cl
// Checked by: hand
// By hand: 8 x 6 = 48 ticks of work over 4 cores are 12 each; the second four start at 6.
// Next: change the number of threads to 4, 5, 12. When does one more thread cost nothing?
scenario "Eight threads on four cores"

processor cpu { cores 4  scheduler fifo }

thread worker[i in 0..8] { work 6 }

expect timed makespan == 12
expect timed utilization == 1
expect timed average(response) == 3
