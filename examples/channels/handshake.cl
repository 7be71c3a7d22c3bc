// A send on an unbuffered channel ends together with the receive. So whatever the other did before
// it received has happened, and may be read.
//
// Concept: happens before
// Verdict: safe
// Twin: handshake_broken.cl
// Source: the memory model of Go has such a pair of examples
// Checked by: oracle
// Next: which of the two directions also holds with a buffer?
scenario "Unbuffered: sent means received"

channel taken
shared text = 0
shared seen = 0

thread writer {
  text = 42
  <-taken
}
thread reader {
  taken <- 1
  seen = text
}

expect finally seen == 42
expect no race
