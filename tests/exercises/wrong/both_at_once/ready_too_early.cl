// Four questions, and one of them needs the answer to another one.
scenario "Ask all, then wait"

shared page = 0

fn fetch(number) {
  io 20
  return 3 * number
}

// edit: begin client
// fails: the page is right: false at an end
// The page is put together while the news are still under way.
thread client {
  let name = async fetch(1)
  async fetch(2)
  let order = await async fetch(3)
  let delivery = await async fetch(order + 7)
  page = await name + order + delivery
}
// edit: end
