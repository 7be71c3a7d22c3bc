scenario "The sleeping barber"

const CUSTOMERS = 5
const CHAIRS = 2
const ROUNDS = 2

shared waiting = 0
lock m
semaphore customers(0)
semaphore chair(0)
semaphore shorn(0)

thread customer[i in 0..CUSTOMERS] {
  repeat ROUNDS {
    acquire m
    if waiting < CHAIRS {
      waiting += 1
      release m
      release customers
      acquire chair
      acquire shorn
    } else {
      release m
    }
  }
}
thread barber with daemon {
  loop {
    acquire customers
    acquire m
    waiting -= 1
    release m
    release chair
    release shorn
  }
}

expect always 0 <= waiting <= CHAIRS
expect no deadlock
expect no race
