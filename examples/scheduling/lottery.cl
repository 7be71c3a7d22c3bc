// Every tick a ticket is drawn. Of two equal threads with 200 ticks each, the unlucky one is less
// than a tenth behind when the other one ends.
//
// Concept: lottery
// Verdict: safe
// Twin: lottery_broken.cl
// Source: C. Waldspurger and W. Weihl: Lottery scheduling (1994)
// Checked by: hand
// By hand: when one has its n ticks the other lacks about sqrt(4 n / pi) of them, for n = 200 that
//   is 16; with the seed 0 it is 15.
// Next: try other seeds with --seed. How bad can it get?
scenario "A lottery is fair in the long run"

const WORK = 200

processor cpu { cores 1  scheduler lottery }

thread left { work WORK }
thread right { work WORK }

expect timed minimum(finish) >= 360
expect timed makespan == 400
