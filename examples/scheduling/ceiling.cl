// With a ceiling a thread that takes a lock runs at once as high as the highest user of the lock.
// Nobody who might take the other lock gets the core in between, so the urgent thread waits for
// one lock only.
//
// Concept: priority inversion
// Verdict: safe
// Twin: ceiling_broken.cl
// Source: L. Sha, R. Rajkumar, J. Lehoczky: Priority inheritance protocols (1990), on the priority
//   ceiling
// Checked by: hand
// By hand: low 0-1, with the lock 1-5 at priority 3; then urgent 5-7, which came at 3: 4 ticks.
// Next: give the locks in opposite order to two threads: can they still block each other on one
//   core?
scenario "Blocked at most once"

processor cpu { cores 1  scheduler priority  cost { sync 0 } }
lock a with ceiling(3)
lock b with ceiling(3)

thread low with priority 1 { work 1; lock a { work 4 } }
thread middle with priority 2, arrival 2 { lock b { work 4 } }
thread urgent with priority 3, arrival 3 {
  lock a { work 1 }
  lock b { work 1 }
}

expect timed turnaround(urgent) == 4
expect timed finish(middle) == 11
