scenario "Philosophers and a waiter who lets all but one of them sit down"

const SEATS = 5
const ROUNDS = 2

lock forks[SEATS]
semaphore waiter(SEATS - 1)

thread philosopher[seat in 0..SEATS] {
  let right = (seat + 1) % SEATS
  repeat ROUNDS {
    acquire waiter
    acquire forks[seat]
    acquire forks[right]
    release forks[right]
    release forks[seat]
    release waiter
  }
}

expect no deadlock
