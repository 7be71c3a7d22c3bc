scenario "Two increments in each of two threads, under a lock"
shared count = 0
lock m
thread a { repeat 2 { lock m { count += 1 } } }
thread b { repeat 2 { lock m { count += 1 } } }
expect outcomes count == {4}
expect no race
expect no deadlock
expect no lost_update
