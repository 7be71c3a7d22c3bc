scenario "Philosophers who take the lower fork first"

const SEATS = 5
const ROUNDS = 2

lock forks[SEATS]

thread philosopher[seat in 0..SEATS] {
  let right = (seat + 1) % SEATS
  let first = min(seat, right)
  let second = max(seat, right)
  repeat ROUNDS {
    acquire forks[first]
    acquire forks[second]
    release forks[second]
    release forks[first]
  }
}

expect no deadlock
