// Ask two, take the first answer. What becomes of the second?
scenario "The first answer counts"

shared got = 0

// edit: begin channels
// fails: nobody is left behind: leak
// fails: the client does not wait for the slow one: does not come to its end
// The select is right. The slower server finds nobody at its channel.
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
    case answer = <-from_near { got = answer }
    case answer = <-from_far { got = answer }
  }
}
// edit: end
