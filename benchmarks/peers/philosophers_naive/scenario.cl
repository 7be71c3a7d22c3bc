scenario "Philosophers who all take the left fork first, for ever"

const SEATS = 8

lock forks[SEATS]

thread philosopher[seat in 0..SEATS] {
  let right = (seat + 1) % SEATS
  loop {
    acquire forks[seat]
    acquire forks[right]
    release forks[right]
    release forks[seat]
  }
}
