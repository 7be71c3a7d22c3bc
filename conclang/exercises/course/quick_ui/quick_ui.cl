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
fn serve() {
  let click = <-clicks
  answers <- click
}

thread window {
  let job = async compute()
  let click = async serve()
  await click
  result = await job
}
// edit: end
