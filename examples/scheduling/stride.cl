// Tickets are shares. Each thread strides along by an amount that is smaller the more tickets it
// has, and the one furthest behind is next: 3 ticks for one, in every 4 ticks.
//
// Concept: proportional share
// Verdict: safe
// Twin: stride_broken.cl
// Source: C. Waldspurger and W. Weihl: Stride scheduling (1995)
// Checked by: hand
// By hand: a tick moves rich by 1 and poor by 3, at equal places the one who waited longer goes: R
//   P RR P RRR P RRR P RRR makes 12 of 16; poor needs 8 more, to 24.
// Next: what if a third thread joins late, with its stride at 0?
scenario "Shares to the letter"

processor cpu { cores 1  scheduler stride }

thread rich with tickets 30 { work 12 }
thread poor with tickets 10 { work 12 }

expect timed finish(rich) == 16
expect timed finish(poor) == 24
