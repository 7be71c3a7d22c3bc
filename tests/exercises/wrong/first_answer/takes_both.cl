// Ask two, take the first answer. What becomes of the second?
scenario "The first answer counts"

shared got = 0

// edit: begin channels
// fails: the client does not wait for the slow one: turnaround(client) is
// Nobody is left behind, for the client waits for the slower one too.
channel from_near
channel from_far

fn near() {
  sleep 50
  from_near <- 1
}

fn far() {
  sleep 5
  from_far <- 2
}

thread client {
  go near()
  go far()
  select {
    case answer = <-from_near {
      got = answer
      <-from_far
    }
    case answer = <-from_far {
      got = answer
      <-from_near
    }
  }
}
// edit: end
