// The check is old news after the await. There is no race, for there is only one thread, and the
// account is overdrawn.
//
// Concept: atomicity
// Verdict: atomicity
// Twin: await_between.cl
// Checked by: oracle, hand
// By hand: both tasks see 100 before either comes back from its await, and both subtract: 100 -
//   120 = -20.
// Next: check again after the await. Is that enough?
scenario "An await between check and act"

shared balance = 100

fn ask_bank() { sleep 1 }
fn withdraw(n) {
  if balance >= n {
    await async ask_bank()
    balance -= n
  }
}

thread server {
  let a = async withdraw(60)
  let b = async withdraw(60)
  await a
  await b
}

expect outcomes balance == {-20, 40}
expect no race
expect atomicity
