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
// A ticker that ends by itself after three ticks needs no telling. It is another task, though.
fn ticker() {
  repeat 3 { ticks <- 1 }
}

thread client {
  go ticker()
  repeat 3 { enjoy(<-ticks) }
}
// edit: end
