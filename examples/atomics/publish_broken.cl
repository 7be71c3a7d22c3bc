// If the two stores may change places, the flag promises what is not there yet. In C++ a relaxed
// store would allow it.
//
// Concept: memory order
// Verdict: race
// Twin: publish.cl
// Source: the litmus test MP
// Checked by: oracle
// Next: which of the two threads needs a stronger order, the writer or the reader?
scenario "A flag that overtakes its data"

shared data = 0
atomic flag = false

thread writer { flag = true; data = 42 }
thread reader {
  while not flag { }
  assert data == 42, "the flag came first"
}

expect error "the flag came first"
expect race on data
