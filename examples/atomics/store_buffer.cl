// Each announces itself and then looks for the other. At least one of them sees the other: the
// base of Dekker's and Peterson's algorithms.
//
// Concept: memory order
// Verdict: safe
// Twin: store_buffer_broken.cl
// Source: the litmus test SB
// Checked by: oracle
// Next: which of the three outcomes is the likeliest? Ask `conclang check --count`.
scenario "Store, then look at the other"

atomic x = 0
atomic y = 0
shared a = 9
shared b = 9

thread left { x = 1; a = y }
thread right { y = 1; b = x }

expect outcomes (a, b) == {(0, 1), (1, 0), (1, 1)}
