// The broken twin of ordered.cl: each holds what the other wants next.
scenario "Two locks in opposite order"

lock a
lock b

thread left { lock a { lock b { } } }
thread right { lock b { lock a { } } }

expect no deadlock
