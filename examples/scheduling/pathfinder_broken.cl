// The most important thread waits for the least important one, which is kept from running by one
// in between that has nothing to do with the lock. On Mars a watchdog then reset the machine,
// again and again.
//
// Concept: priority inversion
// Verdict: slow
// Twin: pathfinder.cl
// Source: L. Sha, R. Rajkumar, J. Lehoczky: Priority inheritance protocols (1990); switched on
//   from Earth to save the Mars Pathfinder (1997)
// Checked by: hand
// By hand: weather 0-3 (with the lock from 1), bus asks at 2 and waits; radio 3-13; weather 13-15
//   and gives the lock back; bus 15-17; weather 17-18.
// Next: how long could `bus` wait if there were more threads like `radio`?
scenario "Priority inversion on Mars"

processor cpu { cores 1  scheduler priority  cost { sync 0 } }
lock data

thread weather with priority 1 {
  work 1
  lock data { work 4 }
  work 1
}
thread bus with priority 3, arrival 2 { lock data { work 2 } }
thread radio with priority 2, arrival 3 { work 10 }

expect timed turnaround(bus) == 15
expect timed turnaround(radio) == 10
expect timed turnaround(weather) == 18
