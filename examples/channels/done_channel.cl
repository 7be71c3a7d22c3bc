// A closed channel answers every receive at once. Closing `done` is the signal that reaches any
// number of listeners.
//
// Concept: cancellation
// Verdict: safe
// Twin: done_channel_broken.cl
// Source: the Go blog on pipelines and cancellation (2014)
// Checked by: oracle
// Next: two threads may want to stop the others: who closes?
scenario "Closing tells everybody"

channel done

fn listen() {
  <-done
}

thread starter {
  repeat 2 { go listen() }
  close done
}

expect no leak
