// Who asks may lose patience. The answer then goes into the buffer of one, and the one who gave it
// is free.
//
// Concept: timeout
// Verdict: safe
// Twin: timeout_broken.cl
// Source: one of the first examples in talks about Go
// Checked by: oracle
// Next: what becomes of the answer in the buffer?
scenario "Room for an answer that comes too late"

channel answer(1)
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
expect no leak
