// One thread serves the user and computes. The user notices.
scenario "A window that answers"

processor cpu { cores 2 }

channel clicks(1)
channel answers(1)
shared computed = 0
shared result = 0

fn compute() {
  work 60
  computed += 1
  return 42
}

thread user with arrival 5 {
  clicks <- 1
  <-answers
}

// edit: begin window
// fails: the user gets an answer soon: turnaround(user)
// The computation has a thread of its own, and the window's thread stands still until that one has
// ended.
fn serve() {
  let click = <-clicks
  answers <- click
}

thread window {
  let job = spawn compute()
  let click = async serve()
  result = join job
  await click
}
// edit: end
