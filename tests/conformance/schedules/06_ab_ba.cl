// complete: 6  finished: 4  deadlocked: 2  deadlock_steps: 2
scenario "Two locks in opposite order"
lock a
lock b
thread A { lock a { lock b { } } }
thread B { lock b { lock a { } } }
expect deadlock
