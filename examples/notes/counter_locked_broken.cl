// Bob forgot the lock. A lock protects nothing by itself; it is an agreement, and one careless
// thread is enough to break it.
//
// Concept: lock
// Verdict: race
// Twin: counter_locked.cl
// Source: E. W. Dijkstra: Cooperating sequential processes (1965) states the problem of mutual
//   exclusion
// Checked by: oracle
// Next: bob only reads the counter and prints it. Does he need the lock?
scenario "A counter that one thread does not lock"

shared count = 0
lock m

thread alice { repeat 2 { lock m { count += 1 } } }
thread bob { repeat 2 { count += 1 } }

expect outcomes count == {2, 3, 4}
expect race on count
expect lost_update
