// Inheritance starts only when somebody is blocked already. Two lesser threads hold a lock each,
// and the urgent one waits for both, one after the other.
//
// Concept: priority inversion
// Verdict: slow
// Twin: ceiling.cl
// Source: L. Sha, R. Rajkumar, J. Lehoczky: Priority inheritance protocols (1990), on the priority
//   ceiling
// Checked by: hand
// By hand: low 0-2, middle 2-3, urgent asks for a at 3; low 3-6; urgent 6-7, asks for b; middle
//   7-10; urgent 10-11: 8 ticks.
// Next: with a third lock and a third holder, how long would it take?
scenario "Blocked once for every lock"

processor cpu { cores 1  scheduler priority  cost { sync 0 } }
lock a with inherit
lock b with inherit

thread low with priority 1 { work 1; lock a { work 4 } }
thread middle with priority 2, arrival 2 { lock b { work 4 } }
thread urgent with priority 3, arrival 3 {
  lock a { work 1 }
  lock b { work 1 }
}

expect timed turnaround(urgent) == 8
expect timed finish(middle) == 10
