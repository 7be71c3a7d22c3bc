scenario "await between check and act, on one loop"
shared balance = 100
fn pause() { }
fn withdraw() {
  if balance >= 100 {
    await async pause()
    balance -= 100
  }
}
thread main_thread {
  let a = async withdraw()
  let b = async withdraw()
  await a
  await b
}
expect outcomes balance == {0, -100}
expect no race
expect atomicity
