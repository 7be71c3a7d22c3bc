// Between the look at the flag and falling asleep nobody can get in, because the one who would
// change the flag needs the lock too.
//
// Concept: lost wake-up
// Verdict: safe
// Twin: change_outside_broken.cl
// Source: the manual pages of POSIX threads ask for it
// Checked by: oracle
// Next: may the signal be given after the lock has been released, if the change was made under it?
scenario "Change under the lock, signal under the lock"

atomic open = false
lock m
condition changed

thread porter {
  lock m { open = true }
  signal changed
}
thread guest {
  lock m {
    while not open { wait changed }
  }
}

expect finally open
expect no deadlock
