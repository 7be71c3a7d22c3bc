// The message is complete when the flag goes up, and whoever sees the flag sees the message.
//
// Concept: memory order
// Verdict: safe
// Twin: publish_broken.cl
// Source: the litmus test MP
// Checked by: oracle
// Next: what if the reader read the data before the flag?
scenario "The data before the flag"

shared data = 0
atomic flag = false

thread writer { data = 42; flag = true }
thread reader {
  while not flag { }
  assert data == 42, "the flag came first"
}

expect no race
