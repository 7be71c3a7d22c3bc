// For every 2 ticks of waiting a thread gains one step of priority. So the most humble one runs
// some day, however busy the others are.
//
// Concept: starvation
// Verdict: safe
// Twin: aging_broken.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, on aging
// Checked by: hand
// By hand: after 8 ticks the cleaner has 1 + 4 = 5, as much as the next guest has on arrival, and
//   it queued first: it runs at 8.
// Next: make aging slower. Is there a value with which the cleaner always comes too late?
scenario "Waiting makes important"

processor cpu { cores 1  scheduler priority(aging: 2) }

thread cleaner with priority 1 { work 2 }
thread guest[i in 0..10] with priority 5, arrival 2 * i { work 2 }

expect timed finish(cleaner) == 10
expect timed makespan == 22
