// The broken twin of counter_locked.cl: bob forgot the lock. One careless thread is enough.
scenario "A counter that one thread does not lock"

shared count = 0
lock m

thread alice { repeat 2 { lock m { count += 1 } } }
thread bob { repeat 2 { count += 1 } }

expect outcomes count == {4}
expect no race
expect no lost_update
