// Ask two, take the first answer. What becomes of the second?
scenario "The first answer counts"

shared got = 0

// edit: begin channels
channel from_near(1)
channel from_far(1)

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
