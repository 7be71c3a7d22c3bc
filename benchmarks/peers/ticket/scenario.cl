scenario "Ticket lock: draw a number, wait until it is called"

const THREADS = 4
const ROUNDS = 3

atomic next = 0
atomic serving = 0
shared count = 0

thread worker[i in 0..THREADS] {
  repeat ROUNDS {
    let mine = next.add(1)
    while serving != mine { }
    count += 1
    serving.add(1)
  }
}

expect finally count == THREADS * ROUNDS
expect no deadlock
expect no race
