// Under cooperative scheduling a thread keeps the core until it yields or blocks. One that forgets
// to do so holds up everybody else.
//
// Concept: preemption
// Verdict: slow
// Twin: preemptive.cl
// Checked by: hand
// By hand: greedy 0-30, polite 30-31.
// Next: let greedy say `repeat 30 { work 1; yield }`: who gives polite its turn now?
scenario "Cooperative: everybody must yield"

processor cpu { cores 1  scheduler cooperative }

thread greedy { work 30 }
thread polite { work 1 }

expect timed response(polite) == 30
expect timed finish(greedy) == 30
