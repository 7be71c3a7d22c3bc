// A signal wakes one sleeper. The other could pass as well, but nobody tells it.
//
// Concept: condition variable
// Verdict: deadlock
// Twin: broadcast.cl
// Source: B. Lampson and D. Redell: Experience with processes and monitors in Mesa (1980)
// Checked by: oracle
// Next: let each guest wake the next one: is that as good as a broadcast?
scenario "One signal for two guests"

shared open = false
lock m
condition opened

thread porter {
  lock m { open = true; signal opened }
}
thread guest[i in 0..2] {
  lock m {
    while not open { wait opened }
  }
}

expect possible open
expect deadlock
