// `default` is taken if nobody stands at the other end right now. The listener has been there, saw
// nobody and left; then the sender comes and waits for ever.
//
// Concept: select
// Verdict: deadlock
// Twin: default_arm.cl
// Checked by: oracle
// Next: a buffer of one saves the sender. Is the listener any wiser?
scenario "Too early by a moment"

channel news
shared written = 0
shared heard = 0

thread sender { written = 7; news <- written }
thread listener {
  select {
    case value = <-news { heard = value }
    default { }
  }
}

expect outcomes heard == {0, 7}
expect deadlock
