// Everybody gets a slice of 2 ticks in turn. The short job is done early although a long one came
// first, and the long one is hardly later for it.
//
// Concept: time slicing
// Verdict: safe
// Twin: time_slicing_broken.cl
// Source: R. and A. Arpaci-Dusseau: Operating Systems, Three Easy Pieces, the chapter on CPU
//   scheduling
// Checked by: hand
// By hand: film 0-2, key 2-4, film 4-6, 6-8, and so on to 20 + 2 = 22.
// Next: a slice of 1, of 5, of 50: what becomes of finish(key)?
scenario "Time slicing"

processor cpu { cores 1  scheduler round_robin(quantum: 2) }

thread film { work 20 }
thread key { work 2 }

expect timed response(key) == 2 and finish(key) == 4
expect timed finish(film) == 22
