// A processor may let its stores wait in a buffer and look at other words first. Written down, it
// is the same program with each pair turned round, and nobody may see anybody.
//
// Concept: memory order
// Verdict: wrong result
// Twin: store_buffer.cl
// Source: the litmus test SB
// Checked by: oracle
// Next: which instruction forbids it on your machine?
scenario "A store that waits in its buffer"

atomic x = 0
atomic y = 0
shared a = 9
shared b = 9

thread left { a = y; x = 1 }
thread right { b = x; y = 1 }

expect outcomes (a, b) == {(0, 0), (0, 1), (1, 0)}
