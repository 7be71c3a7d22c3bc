// When the gate opens, everybody may pass. A broadcast wakes all who wait.
//
// Concept: condition variable
// Verdict: safe
// Twin: broadcast_broken.cl
// Source: B. Lampson and D. Redell: Experience with processes and monitors in Mesa (1980)
// Checked by: oracle
// Next: when is a broadcast only a waste of time?
scenario "Open for everybody"

shared open = false
lock m
condition opened

thread porter {
  lock m { open = true; broadcast opened }
}
thread guest[i in 0..2] {
  lock m {
    while not open { wait opened }
  }
}

expect finally open
expect no deadlock
