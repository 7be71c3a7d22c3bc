scenario "Everybody in turn: one condition, and all are woken"

const THREADS = 4
const ROUNDS = 2

lock mutex
condition changed
shared turn = 0

thread worker[me in 0..THREADS] {
  repeat ROUNDS {
    acquire mutex
    while turn % THREADS != me { wait changed }
    turn += 1
    broadcast changed
    release mutex
  }
}

expect finally turn == THREADS * ROUNDS
expect no deadlock
expect no race
