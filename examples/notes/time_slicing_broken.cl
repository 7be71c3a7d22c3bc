// Without slices the film keeps the core until it ends, and the key that somebody pressed is
// answered twenty ticks later.
//
// Concept: time slicing
// Verdict: slow
// Twin: time_slicing.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on CPU
//   scheduling
// Checked by: hand
// By hand: film 0-20, key 20-22.
// Next: let key arrive first.
scenario "No time slicing"

processor cpu { cores 1  scheduler fifo }

thread film { work 20 }
thread key { work 2 }

expect timed response(key) == 20 and finish(key) == 22
expect timed finish(film) == 20
