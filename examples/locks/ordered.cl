// Two locks, taken in the same order by everybody: whoever has the first gets the second.
// Next: turn the order round in one thread.
scenario "Two locks in one order"

lock a
lock b

thread left { lock a { lock b { } } }
thread right { lock a { lock b { } } }

expect no deadlock
