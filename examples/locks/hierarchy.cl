// Three threads, three locks, two for each. Every lock has a rank and nobody climbs down: the
// third thread takes lock 0 before lock 2 too.
//
// Concept: lock order
// Verdict: safe
// Twin: hierarchy_broken.cl
// Source: E. W. Dijkstra: Hierarchical ordering of sequential processes (1971)
// Checked by: oracle
// Next: write the rule as an assertion that fails as soon as somebody breaks it.
scenario "Three locks with ranks"

lock rank[3]

thread first { lock rank[0] { lock rank[1] { work 1 } } }
thread second { lock rank[1] { lock rank[2] { work 1 } } }
thread third { lock rank[0] { lock rank[2] { work 1 } } }

expect no deadlock
