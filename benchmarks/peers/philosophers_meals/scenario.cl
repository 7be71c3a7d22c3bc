scenario "Philosophers who count their meals without a lock of its own"

const SEATS = 5
const ROUNDS = 2

lock forks[SEATS]
shared meals = 0

thread philosopher[seat in 0..SEATS] {
  let right = (seat + 1) % SEATS
  let first = min(seat, right)
  let second = max(seat, right)
  repeat ROUNDS {
    acquire forks[first]
    acquire forks[second]
    meals += 1
    release forks[second]
    release forks[first]
  }
}

expect finally 1 <= meals <= SEATS * ROUNDS
expect no deadlock
expect race on meals
