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
// fails: they tick until they are told: must listen
// fails: every ticker ends: send on a closed channel
// fails: the client takes three ticks: send on a closed channel
// fails: tickers wait, they do not spin: does not come to its end
// The receiver closes the channel, with both tickers about to send.
fn ticker() {
  loop { ticks <- 1 }
}

thread client {
  go ticker()
  go ticker()
  repeat 3 { enjoy(<-ticks) }
  close ticks
}
// edit: end
