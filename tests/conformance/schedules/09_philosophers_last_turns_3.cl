// complete: 142  finished: 142
scenario "Philosophers, 3 of them, the last one takes the right fork first"
lock forks[3]
thread philosopher[i in 0..3] {
  if i == 2 { lock forks[0] { lock forks[i] { } } } else { lock forks[i] { lock forks[i + 1] { } } }
}
expect no deadlock
