// Multi-threading: the threads of one process share its memory. That is faster than messages and
// needs no channel, and it is also how they can destroy each other's work.
//
// Concept: process
// Verdict: race
// Twin: processes.cl
// Checked by: oracle
// Next: which is the shortest schedule that ends with 2?
scenario "Two threads of one process"

process sum {
  shared total = 0
  thread left { repeat 2 { total += 1 } }
  thread right { repeat 2 { total += 1 } }
}

expect outcomes sum.total == {2, 3, 4}
expect race on sum.total
expect lost_update
