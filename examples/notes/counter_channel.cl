// Do not share the counter, send it orders: only the owner ever touches the memory, the others
// tell it what to add.
//
// Concept: message passing
// Verdict: safe
// Twin: counter_channel_broken.cl
// Source: C. A. R. Hoare: Communicating sequential processes (1978); the proverb of Go that one
//   should share memory by communicating
// Checked by: oracle
// Next: let a worker ask the owner for the present count. What may it do with the answer?
scenario "A counter with one owner"

channel add
shared count = 0

thread worker[i in 0..2] { repeat 2 { add <- 1 } }
thread owner { repeat 4 { count += <-add } }

expect outcomes count == {4}
expect no race
expect no lost_update
