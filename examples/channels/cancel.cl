// The worker offers its result or hears that nobody wants it any more, whichever comes first. It
// ends in either case.
//
// Concept: cancellation
// Verdict: safe
// Twin: cancel_broken.cl
// Source: Go's package context
// Checked by: oracle
// Next: pass the cancellation on to helpers of the worker.
scenario "A sender that can be called off"

channel results
channel cancelled
shared taken = 0

fn search(place) {
  select {
    case results <- place { }
    case <-cancelled { }
  }
}

thread starter {
  go search(1)
  go search(2)
  taken = <-results
  close cancelled
}

expect outcomes taken == {1, 2}
expect no leak
