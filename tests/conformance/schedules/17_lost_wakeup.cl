scenario "A signal that nobody hears"
lock m
condition ready
thread waiter { lock m { wait ready } }
thread signaller { signal ready }
expect deadlock
