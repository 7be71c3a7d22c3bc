// The same monitor with the meaning of nearly all systems: a signal only wakes. Somebody who was
// never asleep takes the printer first, and the sleeper takes it too.
//
// Concept: condition variable
// Verdict: exclusion
// Twin: hoare.cl
// Source: C. A. R. Hoare: Monitors, an operating system structuring concept (1974), the single
//   resource
// Checked by: oracle
// Next: mend it by one word.
scenario "Signalled, then overtaken"

shared busy = false
atomic printing = 0
lock m
condition free

fn take() {
  lock m {
    if busy { wait free }
    busy = true
  }
}
fn give() {
  lock m { busy = false; signal free }
}

thread user[i in 0..3] {
  take()
  section printer { printing.add(1); work 1; printing.add(-1) }
  give()
}

expect reachable printing == 2
