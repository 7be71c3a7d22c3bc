// The semaphore begins at 1. The reader takes the unit that nobody has given, and goes on before
// there is anything to read.
//
// Concept: signal
// Verdict: race
// Twin: signalling.cl
// Source: Allen Downey: The Little Book of Semaphores
// Checked by: oracle
// Next: begin at -1? Say what it would have to mean.
scenario "A signal that was there from the start"

shared text = 0
semaphore written(1)

thread writer { text = 42; release written }
thread reader { acquire written; assert text == 42, "read too early" }

expect error "read too early"
expect race on text
