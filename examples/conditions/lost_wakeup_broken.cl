// A condition remembers nothing. If the worker is quicker, its signal wakes nobody, and the boss
// goes to sleep after it.
//
// Concept: lost wake-up
// Verdict: deadlock
// Twin: lost_wakeup.cl
// Source: B. Lampson and D. Redell: Experience with processes and monitors in Mesa (1980)
// Checked by: oracle, spin, harmony
// Next: how likely is it? Ask `conclang check --count`.
scenario "A signal before anybody waits"

shared done = false
lock m
condition ready

thread worker {
  lock m { done = true; signal ready }
}
thread boss {
  lock m {
    wait ready
  }
}

expect possible done
expect deadlock
