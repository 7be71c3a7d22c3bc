// Two threads count together. Sometimes an increment gets lost; see to it that none does.
scenario "Two threads, one counter"

const N = 2
shared count = 0
lock m

// edit: begin threads
// fails: no increment is lost: a schedule ends in a deadlock
// fails: everybody gets to the end: deadlock
// Nobody gives the lock back.
thread alice { acquire m; repeat N { count += 1 } }
thread bob { acquire m; repeat N { count += 1 } }
// edit: end
