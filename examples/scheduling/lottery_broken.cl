// With 5 ticks each the luck of the draw is all there is: here one thread is done when the other
// has had only two.
//
// Concept: lottery
// Verdict: slow
// Twin: lottery.cl
// Source: C. Waldspurger and W. Weihl: Lottery scheduling (1994)
// Checked by: hand
// By hand: sqrt(4 x 5 / pi) is 2.5, half of the work; with the seed 0 the loser lacks 3 when the
//   winner ends at 7 = 5 + 2.
// Next: the same under stride, which has no luck.
scenario "A lottery is unfair in the short run"

const WORK = 5

processor cpu { cores 1  scheduler lottery }

thread left { work WORK }
thread right { work WORK }

expect timed minimum(finish) == 7
expect timed makespan == 10
