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
// fails: the result is there in the end: race
// The thread that was to help computes, and so does the window.
fn serve() {
  let click = <-clicks
  answers <- click
}

thread window {
  let job = spawn compute()
  let click = async serve()
  await click
  result = compute()
  await job
}
// edit: end
