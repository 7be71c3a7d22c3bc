// A counter under a lock: `count += 1` is a read and a write, and the lock keeps them together.
// The lock gives itself back at the end of its block.
// Next: take the lock away, or lock only one of the two threads.
scenario "A counter under a lock"

shared count = 0
lock m

thread alice { repeat 2 { lock m { count += 1 } } }
thread bob { repeat 2 { lock m { count += 1 } } }

expect outcomes count == {4}
expect no race
expect no lost_update
