// While the important thread waits for the lock, its holder inherits the importance. The middle
// one cannot come between, and the wait is as short as the locked part.
//
// Concept: priority inversion
// Verdict: safe
// Twin: pathfinder_broken.cl
// Source: L. Sha, R. Rajkumar, J. Lehoczky: Priority inheritance protocols (1990); switched on
//   from Earth to save the Mars Pathfinder (1997)
// Checked by: hand
// By hand: weather 0-2 (its lock taken at 1), bus asks at 2 and lends its priority, weather 2-5,
//   bus 5-7, radio 7-17, weather 17-18.
// Next: how long may `bus` wait at most, in terms of the locked parts?
scenario "Priority inheritance"

processor cpu { cores 1  scheduler priority  cost { sync 0 } }
lock data with inherit

thread weather with priority 1 {
  work 1
  lock data { work 4 }
  work 1
}
thread bus with priority 3, arrival 2 { lock data { work 2 } }
thread radio with priority 2, arrival 3 { work 10 }

expect timed turnaround(bus) == 5
expect timed turnaround(radio) == 14
expect timed turnaround(weather) == 18
