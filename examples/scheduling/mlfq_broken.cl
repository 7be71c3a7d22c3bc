// Round robin is fair by slices. The editor uses a twelfth of a slice and then queues behind
// somebody who uses a whole one.
//
// Concept: feedback queue
// Verdict: slow
// Twin: mlfq.cl
// Source: F. Corbato and others: An experimental time-sharing system (1962)
// Checked by: hand
// By hand: batch 0-12, editor 12-13, batch 13-25, editor 25-26 (ready since 17), batch 26-32 and
//   done, editor 32-33 (ready since 30), then 37-38 and its disk until 42; waits 12 + 8 + 2 = 22.
// Next: find a quantum with which round robin serves the editor as well. What does it cost the
//   batch job if a switch costs a tick?
scenario "Everybody alike"

processor cpu { cores 1  scheduler round_robin(quantum: 12) }

thread batch { work 30 }
thread editor { repeat 4 { work 1; io 4 } }

expect timed finish(editor) == 42
expect timed waiting(editor) == 22
expect timed finish(batch) == 32
