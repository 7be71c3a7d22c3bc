// A preemptive scheduler takes the core from whoever has it as soon as somebody more important is
// ready.
//
// Concept: priority
// Verdict: safe
// Twin: urgent_broken.cl
// Checked by: hand
// By hand: backup 0-3, alarm 3-5, backup 5-22.
// Next: let the alarm come while the backup holds a lock that the alarm needs.
scenario "Urgent means now"

processor cpu { cores 1  scheduler priority(preemptive: true) }

thread backup with priority 1 { work 20 }
thread alarm with priority 9, arrival 3, deadline 4 { work 2 }

expect timed turnaround(alarm) == 2
expect timed misses == 0
