// One thread, two tasks, and an await between looking and acting.
scenario "A question between look and leap"

shared balance = 100
shared asked = 0

fn ask_bank() {
  asked += 1
  sleep 20
}

// edit: begin server
// fails: the balance stays above zero: always balance
// fails: exactly one of them gets its money: finally balance
// The question comes first, but the balance is an old one.
fn withdraw(n) {
  let before = balance
  await async ask_bank()
  if before >= n { balance -= n }
}

thread server {
  let a = async withdraw(60)
  let b = async withdraw(60)
  await a
  await b
}
// edit: end
