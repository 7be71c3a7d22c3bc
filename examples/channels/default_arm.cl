// A select without `default` waits for the message however late it comes.
//
// Concept: select
// Verdict: safe
// Twin: default_arm_broken.cl
// Checked by: oracle
// Next: when is an arm that never waits the right thing?
scenario "Wait, if you want to wait"

channel news
shared written = 0
shared heard = 0

thread sender { written = 7; news <- written }
thread listener {
  select {
    case value = <-news { heard = value }
  }
}

expect finally heard == 7
expect no deadlock
