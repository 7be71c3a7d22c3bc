// `count += 1` is a read and a write, and the lock keeps them together: whoever comes second waits
// until both are done.
//
// Concept: lock
// Verdict: safe
// Twin: counter_locked_broken.cl
// Source: E. W. Dijkstra: Cooperating sequential processes (1965) states the problem of mutual
//   exclusion
// Checked by: oracle
// Next: lock around the whole `repeat` instead: what is better, what is worse?
scenario "A counter under a lock"

shared count = 0
lock m

thread alice { repeat 2 { lock m { count += 1 } } }
thread bob { repeat 2 { lock m { count += 1 } } }

expect outcomes count == {4}
expect no race
expect no lost_update
