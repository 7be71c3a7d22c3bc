// A message reaches one of them. The other one listens for ever, and nobody waits for it: a leak,
// of which programs die slowly.
//
// Concept: cancellation
// Verdict: leak
// Twin: done_channel.cl
// Source: the Go blog on pipelines and cancellation (2014)
// Checked by: oracle
// Next: with an unbuffered channel, what happens if there is no listener at all?
scenario "One message for two listeners"

channel done

fn listen() {
  <-done
}

thread starter {
  repeat 2 { go listen() }
  done <- 1
}

expect leak
