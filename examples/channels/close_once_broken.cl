// Each looks whether the channel has been closed, and closes it. Both may look before either has
// closed.
//
// Concept: closing
// Verdict: error
// Twin: close_once.cl
// Source: Go's package sync has Once for it
// Checked by: oracle
// Next: why does the language not simply ignore a second close?
scenario "Looked, then closed"

channel over
atomic closed = false

fn finish() {
  if not closed { closed = true; close over }
}

thread starter {
  repeat 2 { go finish() }
  <-over
}

expect error "close of a closed channel"
