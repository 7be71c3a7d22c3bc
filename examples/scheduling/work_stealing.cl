// Each core has a queue of its own. A core whose queue is empty takes the job that waits longest
// at another one.
//
// Concept: load balancing
// Verdict: safe
// Twin: work_stealing_broken.cl
// Source: R. Blumofe and C. Leiserson: Scheduling multithreaded computations by work stealing
//   (1999)
// Checked by: hand
// By hand: core 0: long 0-8; core 1: short 0-1, short 1-2, then it steals the second long job:
//   2-10.
// Next: why steal the oldest job and not the newest?
scenario "An idle core steals"

processor cpu { cores 2  scheduler work_stealing }

thread job[i in 0..4] { work 1 + 7 * ((i + 1) % 2) }

expect timed makespan == 10
expect timed utilization == 0.9
