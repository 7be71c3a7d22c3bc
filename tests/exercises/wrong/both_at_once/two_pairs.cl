// Four questions, and one of them needs the answer to another one.
scenario "Ask all, then wait"

shared page = 0

fn fetch(number) {
  io 20
  return 3 * number
}

// edit: begin client
// fails: as quick as it can be: makespan is
// Two at a time, and the delivery in a third round.
thread client {
  let name = async fetch(1)
  let news = async fetch(2)
  let both = await name + await news
  let order = await async fetch(3)
  let delivery = await async fetch(order + 7)
  page = both + order + delivery
}
// edit: end
