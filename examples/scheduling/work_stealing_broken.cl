// The jobs were dealt out evenly, two for each core, and by bad luck both long ones went to the
// same. The other core is done at 2 and only watches.
//
// Concept: load balancing
// Verdict: slow
// Twin: work_stealing.cl
// Source: R. Blumofe and C. Leiserson: Scheduling multithreaded computations by work stealing
//   (1999)
// Checked by: hand
// By hand: core 0: 8 + 8 = 16; core 1: 1 + 1 = 2; 18 of 32 core ticks are used.
// Next: deal them out in another order.
scenario "To each core its queue"

processor cpu { cores 2  scheduler partitioned(fifo) }

thread job[i in 0..4] { work 1 + 7 * ((i + 1) % 2) }

expect timed makespan == 16
expect timed utilization == 0.5625
