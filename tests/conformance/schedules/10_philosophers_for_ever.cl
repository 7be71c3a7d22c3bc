// infinite: true  deadlock_steps: 4
scenario "Four naive philosophers for ever"
lock forks[4]
thread philosopher[i in 0..4] {
  loop { lock forks[i] { lock forks[(i + 1) % 4] { } } }
}
expect deadlock
