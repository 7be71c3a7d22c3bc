// Two locks, taken in the same order by everybody: whoever has the first gets the second too. That
// is enough against every deadlock between locks.
//
// Concept: deadlock
// Verdict: safe
// Twin: ordered_broken.cl
// Source: E. G. Coffman, M. J. Elphick, A. Shoshani: System deadlocks (1971): without a circle of
//   waiting there is no deadlock
// Checked by: oracle
// Next: give the locks back in another order than they were taken: does that matter?
scenario "Two locks in one order"

lock a
lock b

thread left { lock a { lock b { work 1 } } }
thread right { lock a { lock b { work 1 } } }

expect no deadlock
