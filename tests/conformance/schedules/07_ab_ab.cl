// complete: 2  finished: 2
scenario "Two locks in the same order"
lock a
lock b
thread A { lock a { lock b { } } }
thread B { lock a { lock b { } } }
expect no deadlock
