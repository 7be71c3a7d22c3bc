// complete: 2  finished: 2
scenario "Philosophers, 2 of them, the last one takes the right fork first"
lock forks[2]
thread philosopher[i in 0..2] {
  if i == 1 { lock forks[0] { lock forks[i] { } } } else { lock forks[i] { lock forks[i + 1] { } } }
}
expect no deadlock
