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
// fails: tickers wait, they do not spin: utilization
// With `default` the ticker goes round and round while nobody wants its tick.
fn ticker() {
  loop {
    select {
      case ticks <- 1 { }
      case <-done { return }
      default { }
    }
  }
}

thread client {
  go ticker()
  go ticker()
  repeat 3 { enjoy(<-ticks) }
  close done
}
// edit: end
