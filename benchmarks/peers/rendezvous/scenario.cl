scenario "Rendezvous with two semaphores"

const ROUNDS = 3

semaphore here[2](0)
shared place[2] = 0

thread worker[me in 0..2] {
  for round in 1..ROUNDS + 1 {
    place[me] = round
    release here[me]
    acquire here[1 - me]
    assert place[1 - me] >= round
  }
}

expect no deadlock
expect race on place
