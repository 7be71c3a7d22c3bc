// With room for one message the send ends at once. Nothing says that the other has written
// anything by then.
//
// Concept: happens before
// Verdict: race
// Twin: handshake.cl
// Source: the memory model of Go has such a pair of examples
// Checked by: oracle
// Next: exchange the two ends of the channel: now the buffer does no harm.
scenario "Buffered: sent means nothing yet"

channel taken(1)
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

expect outcomes seen == {0, 42}
expect race on text
