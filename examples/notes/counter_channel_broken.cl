// Only the owner touches the memory, but the workers ask for the count and send back what it
// should become. Between question and answer the count may have moved: no race, and still an
// addition is gone.
//
// Concept: message passing
// Verdict: lost update
// Twin: counter_channel.cl
// Source: C. A. R. Hoare: Communicating sequential processes (1978); the proverb of Go that one
//   should share memory by communicating
// Checked by: oracle
// Next: which message would a bank send: "your balance is 90" or "take 10 off"?
scenario "An owner that is told results"

channel get
channel set
shared count = 0

thread worker[i in 0..2] { repeat 2 { let seen = <-get; set <- seen + 1 } }
thread owner {
  repeat 8 {
    select {
      case get <- count { }
      case value = <-set { count = value }
    }
  }
}

expect outcomes count == {2, 3, 4}
expect no race
