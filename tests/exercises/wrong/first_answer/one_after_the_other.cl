// Ask two, take the first answer. What becomes of the second?
scenario "The first answer counts"

shared got = 0

// edit: begin channels
// fails: the client does not wait for the slow one: turnaround(client) is
// fails: either server can be the first: never 2
// Room for both answers, but they are asked for in a fixed order.
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
  got = <-from_near
}
// edit: end
