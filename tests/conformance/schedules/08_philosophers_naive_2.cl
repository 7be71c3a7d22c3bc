// complete: 6  finished: 4  deadlocked: 2  deadlock_steps: 2
scenario "Philosophers, 2 of them, naive"
lock forks[2]
thread philosopher[i in 0..2] {
  lock forks[i] { lock forks[(i + 1) % 2] { } }
}
expect deadlock
