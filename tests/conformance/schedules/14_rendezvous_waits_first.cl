// complete: 1  deadlocked: 1  deadlock_steps: 0
scenario "Rendezvous, both wait first"
semaphore a_arrived(0)
semaphore b_arrived(0)
thread a { acquire b_arrived; release a_arrived }
thread b { acquire a_arrived; release b_arrived }
expect deadlock
