// Four questions, and one of them needs the answer to another one.
scenario "Ask all, then wait"

shared page = 0

fn fetch(number) {
  io 20
  return 3 * number
}

// edit: begin client
// fails: with one thread: No threads are needed
// It is quick, with a stack for everybody who waits.
thread client {
  let name = spawn fetch(1)
  let news = spawn fetch(2)
  let order = await async fetch(3)
  let delivery = await async fetch(order + 7)
  page = join name + join news + order + delivery
}
// edit: end
