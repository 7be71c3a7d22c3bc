// Each access is atomic, the addition is not: a load, then a store. There is no data race that a
// race detector could see, and updates are lost all the same.
//
// Concept: atomic
// Verdict: lost update
// Twin: counter_atomic.cl
// Checked by: oracle
// Next: mend it without `.add`, by `.cas` in a loop.
scenario "An atomic cell used in two steps"

atomic hits = 0

thread worker[i in 0..2] { repeat 2 { let seen = hits; hits = seen + 1 } }

expect outcomes hits == {2, 3, 4}
expect lost_update
