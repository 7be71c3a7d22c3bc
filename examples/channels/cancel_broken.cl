// The first result is enough, nobody takes the second. Its worker stands at the channel until the
// program ends.
//
// Concept: cancellation
// Verdict: leak
// Twin: cancel.cl
// Source: Go's package context
// Checked by: oracle
// Next: how does a server look after a month of this?
scenario "The slower search is stuck for ever"

channel results
channel cancelled
shared taken = 0

fn search(place) {
  results <- place
}

thread starter {
  go search(1)
  go search(2)
  taken = <-results
  close cancelled
}

expect outcomes taken == {1, 2}
expect leak
