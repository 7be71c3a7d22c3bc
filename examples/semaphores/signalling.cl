// A semaphore that starts at 0 is a signal that is not lost: the reader waits until the writer has
// given it, or finds it there.
//
// Concept: signal
// Verdict: safe
// Twin: signalling_broken.cl
// Source: Allen Downey: The Little Book of Semaphores
// Checked by: oracle
// Next: which order do you get with two readers and one signal?
scenario "One waits for the other"

shared text = 0
semaphore written(0)

thread writer { text = 42; release written }
thread reader { acquire written; assert text == 42, "read too early" }

expect no race
expect no deadlock
