// Four questions, and one of them needs the answer to another one.
scenario "Ask all, then wait"

shared page = 0

fn fetch(number) {
  io 20
  return 3 * number
}

// edit: begin client
thread client {
  let name = async fetch(1)
  let news = async fetch(2)
  let order = await async fetch(3)
  let delivery = await async fetch(order + 7)
  page = await name + await news + order + delivery
}
// edit: end
