// Without the buffer a send needs a receiver. After the timeout there is none, and there never
// will be.
//
// Concept: timeout
// Verdict: leak
// Twin: timeout.cl
// Source: one of the first examples in talks about Go
// Checked by: oracle
// Next: is it a cure to drain the channel after the timeout?
scenario "An answer to somebody who has gone"

channel answer
shared got = 0

fn ask() {
  sleep 5
  answer <- 42
}

thread caller {
  go ask()
  select {
    case value = <-answer { got = value }
    after 3 { got = -1 }
  }
}

expect outcomes got == {-1, 42}
expect leak
