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
fn ticker() {
  loop { ticks <- 1 }
}

thread client {
  go ticker()
  go ticker()
  repeat 3 { enjoy(<-ticks) }
}
// edit: end
