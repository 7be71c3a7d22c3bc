// Two tasks may find out that it is over. An atomic exchange lets exactly one of them close the
// channel.
//
// Concept: closing
// Verdict: safe
// Twin: close_once_broken.cl
// Source: Go's package sync has Once for it
// Checked by: oracle
// Next: who else could be the only one that closes?
scenario "Closed exactly once"

channel over
atomic closed = false

fn finish() {
  if not closed.swap(true) { close over }
}

thread starter {
  repeat 2 { go finish() }
  <-over
}

expect no deadlock
