// complete: 168  finished: 162  deadlocked: 6  deadlock_steps: 3
scenario "Philosophers, 3 of them, naive"
lock forks[3]
thread philosopher[i in 0..3] {
  lock forks[i] { lock forks[(i + 1) % 3] { } }
}
expect deadlock
