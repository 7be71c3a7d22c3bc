// Never two inside: who sees the other's flag down has already shown its own. But with both flags
// up, each waits for the other to lower it. Books call it a deadlock; as both keep looking, it is
// a livelock here.
//
// Concept: mutual exclusion
// Verdict: livelock
// Twin: attempt3.cl
// Source: M. Ben-Ari: Principles of Concurrent and Distributed Programming, the critical section
//   problem
// Checked by: oracle
// Next: how would it look if waiting for the flag were a blocking operation?
scenario "Third attempt: raise the flag, then look"

atomic want[2] = false
shared count = 0

thread p[i in 0..2] {
  want[i] = true
  while want[1 - i] { }
  section critical { count += 1 }
  want[i] = false
}

expect at most 1 in critical
expect outcomes count == {2}
expect livelock
