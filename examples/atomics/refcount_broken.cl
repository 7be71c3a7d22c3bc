// Subtract, then look. Both have subtracted before either looks, and both find nobody left.
//
// Concept: reference counting
// Verdict: wrong result
// Twin: refcount.cl
// Source: every shared pointer
// Checked by: oracle
// Next: what does the second one free?
scenario "Freed twice"

atomic users = 2
atomic freed = 0

thread user[i in 0..2] {
  users.add(-1)
  if users == 0 { freed.add(1) }
}

expect outcomes freed == {1, 2}
