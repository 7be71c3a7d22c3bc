scenario "Rendezvous with two semaphores"
semaphore a_arrived(0)
semaphore b_arrived(0)
thread a { release a_arrived; acquire b_arrived }
thread b { release b_arrived; acquire a_arrived }
expect no deadlock
