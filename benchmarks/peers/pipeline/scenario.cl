scenario "Pipeline of buffered channels"

const STAGES = 5
const ITEMS = 6
const CAPACITY = 1

channel link[STAGES + 1](CAPACITY)
shared sum = 0

thread source {
  for i in 0..ITEMS { link[0] <- i }
}

thread stage[s in 0..STAGES] {
  repeat ITEMS {
    let v = <-link[s]
    link[s + 1] <- v
  }
}

thread sink {
  repeat ITEMS {
    let v = <-link[STAGES]
    sum += v
  }
}

expect finally sum == ITEMS * (ITEMS - 1) / 2
expect no deadlock
expect no race
