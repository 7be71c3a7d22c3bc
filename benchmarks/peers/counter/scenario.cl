scenario "Racy counter: read and write are steps of their own"

const THREADS = 4
const ROUNDS = 4

shared count = 0

thread worker[i in 0..THREADS] {
  repeat ROUNDS { count += 1 }
}

expect finally 2 <= count <= THREADS * ROUNDS
expect possible count == 2
expect possible count == THREADS * ROUNDS
expect race on count
