// A thread that never gives up the core does no harm: the timer interrupts it, and the other runs
// after one quantum.
//
// Concept: preemption
// Verdict: safe
// Twin: preemptive_broken.cl
// Checked by: hand
// By hand: greedy has 0-3, polite 3-4; then greedy goes on to 31.
// Next: look at the timeline with `conclang run`, with a quantum of 1 and of 10.
scenario "Preemptive: the clock takes the core away"

processor cpu { cores 1  scheduler round_robin(quantum: 3) }

thread greedy { work 30 }
thread polite { work 1 }

expect timed response(polite) == 3
expect timed finish(greedy) == 31
