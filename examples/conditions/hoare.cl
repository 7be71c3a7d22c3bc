// A signal in the sense of Hoare hands the lock to the sleeper at once. What was true at the
// signal is still true when it wakes, so `if` is enough.
//
// Concept: condition variable
// Verdict: safe
// Twin: hoare_broken.cl
// Source: C. A. R. Hoare: Monitors, an operating system structuring concept (1974), the single
//   resource
// Checked by: oracle
// Next: why did hardly any system keep this meaning?
scenario "Handed over with the lock"

shared busy = false
atomic printing = 0
lock m
condition free with hoare

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

expect at most 1 in printer
expect never printing > 1
expect no deadlock
