// Multi-processing: each process has memory of its own, so nobody can spoil the other's count.
// What they want to tell each other goes through a channel.
//
// Concept: process
// Verdict: safe
// Twin: processes_broken.cl
// Checked by: oracle
// Next: let left count in the memory of right: what does the checker say?
scenario "Two processes and a channel"

channel results(2)

process left {
  shared count = 0
  thread worker { repeat 2 { count += 1 }; results <- count }
}
process right {
  shared count = 0
  thread worker { repeat 2 { count += 1 }; results <- count }
}
process sum {
  shared total = 0
  thread adder { repeat 2 { total += <-results } }
}

expect outcomes sum.total == {4}
expect no race
