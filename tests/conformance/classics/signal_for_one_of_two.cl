// complete: 10  finished: 6  deadlocked: 4  deadlock_steps: 12
// By hand: both wait first, in either order, and either is woken: 4 deadlocks. The signal first: 2
// orders of the others. One waits, then the signal: it or the other has the lock next, 2 times 2.
scenario "One signal, two who wait for it"
lock m
condition c
shared ready = 0
thread a { lock m { if ready == 0 { wait c } } }
thread s { lock m { ready = 1; signal c } }
thread b { lock m { if ready == 0 { wait c } } }
expect deadlock
expect no race
