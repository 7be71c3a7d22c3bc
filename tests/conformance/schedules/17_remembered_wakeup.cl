scenario "The signal is remembered"
shared done = false
lock m
condition ready
thread waiter { lock m { while not done { wait ready } } }
thread signaller { lock m { done = true; signal ready } }
expect no deadlock
expect no race
