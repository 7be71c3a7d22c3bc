// Ask two, take the first answer. What becomes of the second?
scenario "The first answer counts"

shared got = 0

// edit: begin channels
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
  got = <-from_near
}
// edit: end
