scenario "Reusable barrier made of a lock and two turnstiles"

const THREADS = 4
const ROUNDS = 2

lock mutex
shared count = 0
semaphore first(0)
semaphore second(0)

thread worker[i in 0..THREADS] {
  repeat ROUNDS {
    acquire mutex
    count += 1
    if count == THREADS {
      repeat THREADS { release first }
    }
    release mutex
    acquire first
    acquire mutex
    count -= 1
    if count == 0 {
      repeat THREADS { release second }
    }
    release mutex
    acquire second
  }
}

expect finally count == 0
expect no deadlock
expect no race
