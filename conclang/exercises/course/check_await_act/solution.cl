// One thread, two tasks, and an await between looking and acting.
scenario "A question between look and leap"

shared balance = 100
shared asked = 0

fn ask_bank() {
  asked += 1
  sleep 20
}

// edit: begin server
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
// edit: end
