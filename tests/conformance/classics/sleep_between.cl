// By hand: `sleep` lets the other task of the loop run between the read and the write.
scenario "Two async tasks, one of whose additions is lost"
shared n = 0
fn add() {
  let v = n
  sleep 1
  n = v + 1
}
thread main_thread {
  let one = async add()
  let two = async add()
  await one
  await two
}
expect outcomes n == {1, 2}
expect lost_update on n
expect atomicity on n
expect no race
