// One thread, two tasks, and an await between looking and acting.
scenario "A question between look and leap"

shared balance = 100
shared asked = 0

fn ask_bank() {
  asked += 1
  sleep 20
}

// edit: begin server
// fails: everybody gets to the end: deadlock
// fails: exactly one of them gets its money: deadlock
// fails: the bank is asked twice: deadlock
// fails: the questions are under way together: does not come to its end
// A lock held across an await: the second task blocks the thread on which the first one would go
// on.
lock account

fn withdraw(n) {
  lock account {
    if balance >= n {
      await async ask_bank()
      balance -= n
    }
  }
}

thread server {
  let a = async withdraw(60)
  let b = async withdraw(60)
  await a
  await b
}
// edit: end
