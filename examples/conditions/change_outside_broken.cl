// The flag is atomic, so why lock? Because the guest has looked and not yet gone to sleep when the
// porter opens and rings.
//
// Concept: lost wake-up
// Verdict: deadlock
// Twin: change_outside.cl
// Source: the manual pages of POSIX threads ask for it
// Checked by: oracle
// Next: the guest uses `while`. Why is that no help?
scenario "Changed without the lock"

atomic open = false
lock m
condition changed

thread porter {
  open = true
  signal changed
}
thread guest {
  lock m {
    while not open { wait changed }
  }
}

expect possible open
expect deadlock
