// The same jobs in slices of one tick: everybody is served almost at once, and half of the time
// goes into changing threads. No policy is best at both.
//
// Concept: throughput and latency
// Verdict: slow
// Twin: throughput.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, on turnaround and
//   response time
// Checked by: hand
// By hand: 18 ticks of work, 17 changes between them of one tick each: 35; first ticks at 0, 2 and
//   4 have the mean 2.
// Next: what if a change cost nothing?
scenario "Latency first"

processor cpu { cores 1  scheduler round_robin(quantum: 1)  switch_cost 1 }

thread job[i in 0..3] { work 6 }

expect timed makespan == 35
expect timed average(response) == 2
expect timed switches == 17
