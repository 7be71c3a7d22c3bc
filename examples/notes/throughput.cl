// Three jobs, and a core that loses a tick whenever it changes the thread. Run each to its end:
// only two changes, the whole is done soonest. The last job waits long for its first tick.
//
// Concept: throughput and latency
// Verdict: safe
// Twin: throughput_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, on turnaround and
//   response time
// Checked by: hand
// By hand: 0-6, 7-13, 14-20; responses 0, 7, 14 have the mean 7.
// Next: find a quantum that you would accept as a compromise.
scenario "Throughput first"

processor cpu { cores 1  scheduler fifo  switch_cost 1 }

thread job[i in 0..3] { work 6 }

expect timed makespan == 20
expect timed average(response) == 7
expect timed switches == 2
