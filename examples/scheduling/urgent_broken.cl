// Priorities without preemption only order the queue. The alarm is first in it, and waits for the
// backup to end.
//
// Concept: priority
// Verdict: slow
// Twin: urgent.cl
// Checked by: hand
// By hand: backup 0-20, alarm 20-22: 19 after it came, 15 too late.
// Next: cut the backup into pieces with `yield`: how long may a piece be?
scenario "Urgent means next"

processor cpu { cores 1  scheduler priority(preemptive: false) }

thread backup with priority 1 { work 20 }
thread alarm with priority 9, arrival 3, deadline 4 { work 2 }

expect timed turnaround(alarm) == 19
expect timed misses == 1
