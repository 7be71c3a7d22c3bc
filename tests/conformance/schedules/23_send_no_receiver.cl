// complete: 1  deadlocked: 1  deadlock_steps: 0
scenario "Send with no receiver"
channel ch
thread main_thread { ch <- 1 }
expect deadlock
