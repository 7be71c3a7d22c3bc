// No two of these threads can block each other; any two pass every test. The three together close
// a circle.
//
// Concept: lock order
// Verdict: deadlock
// Twin: hierarchy.cl
// Source: E. W. Dijkstra: Hierarchical ordering of sequential processes (1971)
// Checked by: oracle
// Next: `conclang draw hierarchy_broken.cl locks` shows the circle without running into it.
scenario "A circle of three"

lock rank[3]

thread first { lock rank[0] { lock rank[1] { work 1 } } }
thread second { lock rank[1] { lock rank[2] { work 1 } } }
thread third { lock rank[2] { lock rank[0] { work 1 } } }

expect deadlock
