// The news is kept in a variable; the condition only wakes those who sleep already. Who comes
// later sees the variable and does not go to sleep at all.
//
// Concept: lost wake-up
// Verdict: safe
// Twin: lost_wakeup_broken.cl
// Source: B. Lampson and D. Redell: Experience with processes and monitors in Mesa (1980)
// Checked by: oracle
// Next: which object of the language has such a memory of its own?
scenario "A signal with a memory"

shared done = false
lock m
condition ready

thread worker {
  lock m { done = true; signal ready }
}
thread boss {
  lock m {
    while not done { wait ready }
  }
}

expect finally done
expect no deadlock
