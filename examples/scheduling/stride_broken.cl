// Round robin gives everybody the same, whatever they paid.
//
// Concept: proportional share
// Verdict: slow
// Twin: stride.cl
// Source: C. Waldspurger and W. Weihl: Stride scheduling (1995)
// Checked by: hand
// By hand: they alternate: rich has 0, 2, … 22 and ends at 23.
// Next: which quantum for rich alone would give it its share?
scenario "Tickets that nobody looks at"

processor cpu { cores 1  scheduler round_robin(quantum: 1) }

thread rich with tickets 30 { work 12 }
thread poor with tickets 10 { work 12 }

expect timed finish(rich) == 23
expect timed finish(poor) == 24
