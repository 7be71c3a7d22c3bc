// One thread, two tasks, and an await between looking and acting.
scenario "A question between look and leap"

shared balance = 100
shared asked = 0

fn ask_bank() {
  asked += 1
  sleep 20
}

// edit: begin server
// fails: the questions are under way together: makespan is
// Safe, since there is never more than one task. Then there is no need for tasks.
fn withdraw(n) {
  await async ask_bank()
  if balance >= n { balance -= n }
}

thread server {
  await async withdraw(60)
  await async withdraw(60)
}
// edit: end
