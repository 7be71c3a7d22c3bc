// The slow part has slipped under the lock. Three cores, three threads, and only one of them
// moves.
//
// Concept: lock convoy
// Verdict: slow
// Twin: convoy.cl
// Source: M. Blasgen and others: The convoy phenomenon (1979)
// Checked by: hand
// By hand: 3 x 11 = 33 one after the other; the second waits 11, the third 22, together 33.
// Next: with `conclang compare --cores 1,2,3`, what do more cores bring?
scenario "A convoy behind one lock"

processor cpu { cores 3  scheduler fifo  cost { sync 0 } }
lock m

thread worker[i in 0..3] {
  lock m { work 10; work 1 }
}

expect timed makespan == 33
expect timed total(blocked) == 33
expect no deadlock
