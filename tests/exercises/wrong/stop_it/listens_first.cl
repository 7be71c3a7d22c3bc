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
// It looks whether it is to stop, and then it sends. The client may go away in between.
fn ticker() {
  loop {
    select {
      case <-done { return }
      default { }
    }
    ticks <- 1
  }
}

thread client {
  go ticker()
  go ticker()
  repeat 3 { enjoy(<-ticks) }
  close done
}
// edit: end
