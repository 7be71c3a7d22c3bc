// An atomic cell adds in a single step that nobody can come between. For one number this is
// cheaper than a lock, and nobody ever waits.
//
// Concept: atomic
// Verdict: safe
// Twin: counter_atomic_broken.cl
// Checked by: oracle
// Next: two atomic counters that must always be equal: does `.add` still do?
scenario "A counter in one indivisible step"

atomic hits = 0

thread worker[i in 0..2] { repeat 2 { hits.add(1) } }

expect outcomes hits == {4}
expect no lost_update
