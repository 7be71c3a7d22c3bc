// AB-BA: each thread has one lock and wants the other's. Both wait, and neither can give back what
// it has.
//
// Concept: deadlock
// Verdict: deadlock
// Twin: ordered.cl
// Source: E. G. Coffman, M. J. Elphick, A. Shoshani: System deadlocks (1971): without a circle of
//   waiting there is no deadlock
// Checked by: oracle, spin, harmony
// Next: two of the six schedules end like this; let `conclang check --count` confirm it.
scenario "Two locks in opposite order"

lock a
lock b

thread left { lock a { lock b { work 1 } } }
thread right { lock b { lock a { work 1 } } }

expect deadlock
