// Four questions, and one of them needs the answer to another one.
scenario "Ask all, then wait"

shared page = 0

fn fetch(number) {
  io 20
  return 3 * number
}

// edit: begin client
// fails: the page is right: false at an end
// All four at once. The delivery of which order?
thread client {
  let name = async fetch(1)
  let news = async fetch(2)
  let order = async fetch(3)
  let delivery = async fetch(3)
  page = await name + await news + await order + await delivery
}
// edit: end
