// A guest comes every 2 ticks and stays for 2. The cleaner has to wait for the end of the day.
//
// Concept: starvation
// Verdict: slow
// Twin: aging.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, on aging
// Checked by: hand
// By hand: ten guests fill 0-20, the cleaner has 20-22.
// Next: is it starvation if the day ends?
scenario "Never important enough"

processor cpu { cores 1  scheduler priority }

thread cleaner with priority 1 { work 2 }
thread guest[i in 0..10] with priority 5, arrival 2 * i { work 2 }

expect timed finish(cleaner) == 22
expect timed makespan == 22
