// complete: 48  finished: 32  deadlocked: 16  deadlock_steps: 5
// By hand: five arrivals, of which d's second needs its first to be over: 60 orders, less 12 in
// which it would come while d still waits. The fifth waits in vain: a or b in 8 orders each.
scenario "Daemons, too, take places at a barrier"
barrier meet(2)
thread a { wait meet }
thread b { wait meet }
thread c with daemon { wait meet }
thread d with daemon { wait meet; wait meet }
expect deadlock
