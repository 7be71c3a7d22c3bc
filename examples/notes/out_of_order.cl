// Threads finish in any order. If each puts its result into its own place, the order makes no
// difference.
//
// Concept: nondeterminism
// Verdict: safe
// Twin: out_of_order_broken.cl
// Checked by: oracle
// Next: three threads: how many orders are there, and how many results?
scenario "Out of order, and no harm done"

shared results = [0, 0]

fn compute(i) { return i + 1 }

thread worker[i in 0..2] { results[i] = compute(i) }

expect outcomes results == {[1, 2]}
expect no race
