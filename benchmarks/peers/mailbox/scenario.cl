scenario "Senders with numbers share one mailbox, receivers keep the largest they saw"

const SENDERS = 4
const ITEMS = 2
const RECEIVERS = 2
const CAPACITY = 3

channel box(CAPACITY)
atomic total = 0

thread sender[me in 0..SENDERS] {
  repeat ITEMS { box <- me + 1 }
}
thread receiver[me in 0..RECEIVERS] {
  let most = 0
  repeat SENDERS * ITEMS / RECEIVERS {
    let got = <-box
    most = max(most, got)
  }
  total.add(most)
}

expect finally total <= SENDERS * RECEIVERS
expect no deadlock
