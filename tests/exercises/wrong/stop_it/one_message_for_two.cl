// Senders that never end by themselves. How does one get rid of them?
scenario "Tell them to stop"

channel ticks
channel done
shared seen = 0

fn enjoy(tick) {
  seen += tick
  sleep 20
}

// edit: begin everybody
// fails: every ticker ends: leak
// fails: the client takes three ticks: a schedule ends in a deadlock
// fails: tickers wait, they do not spin: does not come to its end
// A message reaches one of the two. The other one ticks on.
fn ticker() {
  loop {
    select {
      case ticks <- 1 { }
      case <-done { return }
    }
  }
}

thread client {
  go ticker()
  go ticker()
  repeat 3 { enjoy(<-ticks) }
  done <- 1
}
// edit: end
