// Three threads, two cores: the scheduler puts whoever is ready on whichever core is free. A
// thread does not notice that it ran on one core first and on another later.
//
// Concept: scheduler
// Verdict: safe
// Twin: which_core_broken.cl
// Checked by: hand
// By hand: 12 ticks of work on two cores that are never idle: a and b 0-2, c and a 2-4, b and c
//   4-6.
// Next: look at the lanes in `conclang draw which_core.cl timeline`.
scenario "The system chooses the core"

processor cpu { cores 2  scheduler round_robin(quantum: 2) }

thread a { work 4 }
thread b { work 4 }
thread c { work 4 }

expect timed makespan == 6
expect timed finish(a) == 4 and finish(b) == 6
expect timed utilization == 1
