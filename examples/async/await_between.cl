// Between two awaits nobody else of this loop runs. The check and the withdrawal stand together,
// so no lock is needed.
//
// Concept: atomicity
// Verdict: safe
// Twin: await_between_broken.cl
// Checked by: oracle, hand
// By hand: the await comes first; the look at the balance and the subtraction follow without any
//   other await, so no other task runs in between.
// Next: is it still right with two threads, each with a loop of its own?
scenario "No await between check and act"

shared balance = 100

fn ask_bank() { sleep 1 }
fn withdraw(n) {
  await async ask_bank()
  if balance >= n { balance -= n }
}

thread server {
  let a = async withdraw(60)
  let b = async withdraw(60)
  await a
  await b
}

expect outcomes balance == {40}
expect no race
expect no atomicity
